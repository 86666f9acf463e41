using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Blocks;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Families.Sam3.Networks;

/// <summary>What the parts of SAM 3 share.</summary>
internal static class Sam3Layers
{
    /// <summary>Added to the variance in every layer norm.</summary>
    public const float Epsilon = 1e-5f;

    /// <summary>Linear, ReLU, linear: <c>linear1</c> and <c>linear2</c> of a transformer layer.</summary>
    /// <param name="layer">At the layer.</param>
    /// <param name="x"><c>[N, d]</c>.</param>
    /// <param name="hidden">Width between them.</param>
    public static GraphValue Perceptron(GraphScope layer, GraphValue x, int hidden) =>
        layer["linear2"].Linear(layer["linear1"].Linear(x, hidden).Relu(), x[-1].Value);

    /// <summary>Rows as a map.</summary>
    /// <param name="rows"><c>[h·w, C]</c>.</param>
    /// <param name="side">h = w.</param>
    /// <returns><c>[1, C, h, w]</c>.</returns>
    public static GraphValue ToMap(GraphValue rows, int side) => rows.Transpose(1, 0).Reshape(1, rows[1], side, side);

    /// <summary>A map as rows.</summary>
    /// <param name="map"><c>[1, C, h, w]</c>.</param>
    /// <returns><c>[h·w, C]</c>.</returns>
    public static GraphValue ToRows(GraphValue map) => map.Reshape(map[1], Dimension.Rest).Transpose(1, 0);
}
