using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Blocks;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Families.Sam.Networks;

/// <summary>
/// From tokens to the image embedding: 1×1 convolution, LayerNorm2d, 3×3 convolution, LayerNorm2d (sam.md 2.1).
/// LayerNorm2d normalises over channels at each pixel, so pixels are rows while it runs.
/// </summary>
internal static class SamNeck
{
    private const float Epsilon = 1e-6f;

    /// <param name="scope">At <c>image_encoder.neck</c>.</param>
    /// <param name="tokens"><c>[grid², D]</c>.</param>
    /// <param name="channels">Channels of the embedding.</param>
    /// <param name="gridSize">Side of the map.</param>
    /// <returns><c>[1, channels, grid, grid]</c>.</returns>
    public static GraphValue Apply(GraphScope scope, GraphValue tokens, int channels, int gridSize)
    {
        using IDisposable naming = scope.Enter();
        int width = tokens[1].Value;
        GraphValue weight = scope["0"].Weight("weight", channels, width, 1, 1).Reshape(channels, width);
        GraphValue narrowed = scope["1"].LayerNorm(tokens.Gemm(weight), Epsilon);
        GraphValue map = scope["2"].Conv(ToMap(narrowed, gridSize), channels, kernel: 3, padding: 1, bias: false);
        GraphValue rows = map.Reshape(channels, gridSize * gridSize).Transpose(1, 0);
        return ToMap(scope["3"].LayerNorm(rows, Epsilon), gridSize);
    }

    private static GraphValue ToMap(GraphValue rows, int gridSize) =>
        rows.Transpose(1, 0).Reshape(1, rows[1], gridSize, gridSize);
}
