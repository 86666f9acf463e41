using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Foundation.Graphs.Blocks;

/// <summary>
/// PyTorch's multi-head attention with its packed input projection: weights <c>in_proj_weight</c> [3D, D] (query, key
/// and value rows), <c>in_proj_bias</c> [3D] and <c>out_proj</c>.
/// </summary>
internal static class PackedAttention
{
    /// <param name="scope">At the attention.</param>
    /// <param name="query"><c>[L, D]</c>.</param>
    /// <param name="key"><c>[S, D]</c>.</param>
    /// <param name="value"><c>[S, D]</c>.</param>
    /// <param name="heads">Number of heads.</param>
    /// <param name="bias">Added to the logits of every head, <c>[1, 1, L, S]</c>; null for none.</param>
    /// <returns><c>[L, D]</c>.</returns>
    public static GraphValue Apply(
        GraphScope scope, GraphValue query, GraphValue key, GraphValue value, int heads, GraphValue? bias = null)
    {
        using IDisposable naming = scope.Enter();
        int width = query[-1].Value;
        float scale = 1 / MathF.Sqrt((float)width / heads);
        GraphValue q = Project(scope, query, 0).Unsqueeze(0), k = Project(scope, key, 1).Unsqueeze(0),
            v = Project(scope, value, 2).Unsqueeze(0);
        GraphValue attended = bias is null
            ? q.FlashAttention(k, v, heads, scale)
            : q.BiasedAttention(k, v, bias, heads, scale);
        return scope["out_proj"].Linear(attended.Reshape(query.Shape), width);
    }

    private static GraphValue Project(GraphScope scope, GraphValue x, int part)
    {
        int width = x[-1].Value, start = part * width, end = start + width;
        GraphValue weight = scope.Weight("in_proj_weight", 3 * width, width).Slice(0, start, end);
        return x.Gemm(weight, scope.Weight("in_proj_bias", 3 * width).Slice(0, start, end));
    }
}
