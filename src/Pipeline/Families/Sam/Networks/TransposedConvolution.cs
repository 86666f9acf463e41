using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Families.Sam.Networks;

/// <summary>
/// A 2×2 transposed convolution with stride 2 as a matrix product: windows do not overlap, so each pixel simply becomes
/// four, in the order (down, across).
/// </summary>
internal static class TransposedConvolution
{
    /// <param name="scope">Weights <c>weight</c> [in, out, 2, 2] and <c>bias</c> [out].</param>
    /// <param name="pixels"><c>[N, in]</c>.</param>
    /// <param name="channels">out.</param>
    /// <returns><c>[4 N, out]</c>.</returns>
    public static GraphValue Apply(GraphScope scope, GraphValue pixels, int channels)
    {
        using IDisposable naming = scope.Enter();
        return pixels.Gemm(Weight(scope, pixels[1].Value, channels), Bias(scope, channels))
            .Reshape(Dimension.Rest, channels);
    }

    /// <summary>
    /// The same on <c>pixels·scale + shift</c>; scale and shift go into weights and bias when the graph is loaded.
    /// </summary>
    /// <param name="scope">Weights <c>weight</c> [in, out, 2, 2] and <c>bias</c> [out].</param>
    /// <param name="pixels"><c>[N, in]</c>.</param>
    /// <param name="channels">out.</param>
    /// <param name="scale"><c>[in]</c>.</param>
    /// <param name="shift"><c>[in]</c>.</param>
    /// <returns><c>[4 N, out]</c>.</returns>
    public static GraphValue ApplyAfterNorm(
        GraphScope scope, GraphValue pixels, int channels, GraphValue scale, GraphValue shift)
    {
        using IDisposable naming = scope.Enter();
        int inputs = pixels[1].Value;
        GraphValue weight = Weight(scope, inputs, channels);
        GraphValue bias = Bias(scope, channels).Reshape(1, 4 * channels) + shift.Reshape(1, inputs).Gemm(weight);
        return pixels.Gemm(weight * scale, bias).Reshape(Dimension.Rest, channels);
    }

    /// <summary>The weights as a matrix <c>[4 out, in]</c>, the four positions outermost.</summary>
    public static GraphValue Weight(GraphScope scope, int inputs, int channels) =>
        scope.Weight("weight", inputs, channels, 2, 2).Transpose(2, 3, 1, 0).Reshape(4 * channels, inputs);

    /// <summary>The bias of all four positions, <c>[4 out]</c>.</summary>
    public static GraphValue Bias(GraphScope scope, int channels) =>
        scope.Weight("bias", channels).Reshape(1, channels).Expand(4, channels).Reshape(4 * channels);
}
