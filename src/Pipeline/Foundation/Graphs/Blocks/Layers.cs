using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Foundation.Graphs.Blocks;

/// <summary>The layers that every network is made of, each with its weights under PyTorch's names.</summary>
internal static class Layers
{
    /// <summary>
    /// <c>x Wᵀ + b</c> on the last axis; weights <c>weight</c> [out, in] and, with <paramref name="bias"/>, <c>bias</c>
    /// [out].
    /// </summary>
    /// <param name="scope">Where the weights are.</param>
    /// <param name="x"><c>[…, in]</c>.</param>
    /// <param name="width">out.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <returns><c>[…, out]</c>.</returns>
    public static GraphValue Linear(this GraphScope scope, GraphValue x, int width, bool bias = true)
    {
        using IDisposable naming = scope.Enter();
        int inputs = x[-1].Value;
        GraphValue weight = scope.Weight("weight", width, inputs);
        return x.Project(weight, bias ? scope.Weight("bias", width) : null);
    }

    /// <summary><c>x wᵀ + bias</c> on the last axis, for weights that are at hand.</summary>
    public static GraphValue Project(this GraphValue x, GraphValue weight, GraphValue? bias)
    {
        // Gemm takes the weights as they lie in the file and packs them once, when the graph is loaded.
        if (x.Rank == 2)
            return x.Gemm(weight, bias);
        GraphValue rows = x.Reshape(Dimension.Rest, x[-1]).Gemm(weight, bias);
        Dimension[] shape = [.. x.Shape[..^1], weight[0]];
        return shape.Count(dimension => !dimension.IsFixed) <= 1
            ? rows.Reshape(shape)
            : rows.Reshape(Shaping.Concat(0, x.ShapeOf(0, x.Rank - 1), x.Graph.Integers(weight[0].Value)), shape);
    }

    /// <summary>Layer normalisation over the last axis; weights <c>weight</c> and <c>bias</c> [D].</summary>
    public static GraphValue LayerNorm(this GraphScope scope, GraphValue x, float epsilon)
    {
        using IDisposable naming = scope.Enter();
        int width = x[-1].Value;
        return x.LayerNorm(scope.Weight("weight", width), scope.Weight("bias", width), epsilon);
    }

    /// <summary>
    /// Convolution on <c>[N, C, H, W]</c>; weights <c>weight</c> [O, C/groups, k, k] and <c>bias</c> [O].
    /// </summary>
    public static GraphValue Conv(
        this GraphScope scope,
        GraphValue x,
        int channels,
        int kernel,
        int stride = 1,
        int padding = 0,
        int groups = 1,
        bool bias = true)
    {
        using IDisposable naming = scope.Enter();
        return x.Conv(
            scope.Weight("weight", channels, x[1].Value / groups, kernel, kernel),
            bias ? scope.Weight("bias", channels) : null,
            stride,
            padding,
            groups);
    }

    /// <summary>
    /// Batch normalisation by running statistics; weights <c>weight</c>, <c>bias</c>, <c>running_mean</c>,
    /// <c>running_var</c> [C].
    /// </summary>
    public static GraphValue BatchNorm(this GraphScope scope, GraphValue x, float epsilon)
    {
        using IDisposable naming = scope.Enter();
        int channels = x[1].Value;
        return x.BatchNorm(
            scope.Weight("weight", channels),
            scope.Weight("bias", channels),
            scope.Weight("running_mean", channels),
            scope.Weight("running_var", channels),
            epsilon);
    }

    /// <summary>Group normalisation; weights <c>weight</c> and <c>bias</c> [C].</summary>
    public static GraphValue GroupNorm(this GraphScope scope, GraphValue x, int groups, float epsilon)
    {
        using IDisposable naming = scope.Enter();
        int channels = x[1].Value;
        return x.GroupNorm(groups, scope.Weight("weight", channels), scope.Weight("bias", channels), epsilon);
    }
}
