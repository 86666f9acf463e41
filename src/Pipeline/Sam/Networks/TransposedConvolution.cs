using FrozenSeg.Pipeline.Graphs;
using FrozenSeg.Pipeline.Graphs.Operators;

namespace FrozenSeg.Pipeline.Sam.Networks;

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
        int inputs = pixels[1].Value;
        GraphValue weight = scope.Weight("weight", inputs, channels, 2, 2)
            .Transpose(2, 3, 1, 0)
            .Reshape(4 * channels, inputs);
        GraphValue bias = scope.Weight("bias", channels).Reshape(1, channels).Expand(4, channels).Reshape(4 * channels);
        return pixels.Gemm(weight, bias).Reshape(Dimension.Rest, channels);
    }
}
