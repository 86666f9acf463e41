using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Families.Sam.Networks;

/// <summary>
/// Random Fourier features of positions (sam.md 3; Tancik et al.): with a stored Gaussian matrix G,
/// <c>t = 2π (2p − 1) G</c> and the code is <c>[sin t | cos t]</c>.
/// </summary>
internal static class PositionEncoding
{
    /// <summary>Encodes positions.</summary>
    /// <param name="scope">At <c>prompt_encoder</c>.</param>
    /// <param name="positions"><c>[…, 2]</c>, x and y in 0..1.</param>
    /// <param name="channels">Channels of the code.</param>
    /// <returns><c>[…, channels]</c>.</returns>
    public static GraphValue Encode(GraphScope scope, GraphValue positions, int channels)
    {
        GraphValue gaussian = scope["pe_layer"].Weight("positional_encoding_gaussian_matrix", 2, channels / 2);
        GraphValue angles = ((positions * 2) - 1).MatMul(gaussian) * (2 * MathF.PI);
        return Shaping.Concat(-1, angles.Sin(), angles.Cos());
    }

    /// <summary>Codes of the centres of a square grid's cells, row-major.</summary>
    /// <param name="scope">At <c>prompt_encoder</c>.</param>
    /// <param name="gridSize">Cells a side.</param>
    /// <param name="channels">Channels of the code.</param>
    /// <returns><c>[grid², channels]</c>.</returns>
    public static GraphValue EncodeGrid(GraphScope scope, int gridSize, int channels)
    {
        var centres = new float[gridSize * gridSize * 2];
        for (int cell = 0; cell < gridSize * gridSize; cell++)
        {
            centres[2 * cell] = ((cell % gridSize) + 0.5f) / gridSize;
            centres[(2 * cell) + 1] = ((cell / gridSize) + 0.5f) / gridSize;
        }

        return Encode(scope, scope.Graph.Floats(centres, gridSize * gridSize, 2), channels);
    }
}
