using FrozenSeg.Pipeline.Families.Sam.Networks;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Blocks;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Families.Sam3.Networks;

/// <summary>
/// Three maps from the backbone's one: strides 3.5, 7 and 14. The fourth level of the published file is never
/// read. The interactive head has a neck of its own with the same shapes (sam3.md 1.4).
/// </summary>
/// <param name="configuration">Sizes.</param>
internal sealed class Sam3Neck(Sam3Configuration configuration)
{
    /// <summary>The maps, finest first.</summary>
    /// <param name="convs">At <c>backbone.vision_backbone.convs</c> or <c>sam2_convs</c>.</param>
    /// <param name="tokens"><c>[G², D]</c>.</param>
    /// <returns><c>[1, d, 4 G, 4 G]</c>, <c>[1, d, 2 G, 2 G]</c>, <c>[1, d, G, G]</c>.</returns>
    public (GraphValue Fine, GraphValue Middle, GraphValue Coarse) Apply(GraphScope convs, GraphValue tokens)
    {
        int grid = configuration.Grid, width = configuration.VisionWidth;
        GraphValue doubled = Double(convs[0]["dconv_2x2_0"], tokens, grid, width / 2).Gelu();
        GraphValue fine = Double(convs[0]["dconv_2x2_1"], doubled, 2 * grid, width / 4);
        GraphValue middle = Double(convs[1]["dconv_2x2"], tokens, grid, width / 2);
        return (Finish(convs[0], fine, 4 * grid), Finish(convs[1], middle, 2 * grid), Finish(convs[2], tokens, grid));
    }

    // A pixel becomes four; rows are then put back in the order of the map.
    private static GraphValue Double(GraphScope scope, GraphValue rows, int side, int channels) =>
        TransposedConvolution.Apply(scope, rows, channels)
            .Reshape(side, side, 2, 2, channels)
            .Transpose(0, 2, 1, 3, 4)
            .Reshape(4 * side * side, channels);

    private GraphValue Finish(GraphScope level, GraphValue rows, int side)
    {
        int inputs = rows[1].Value;
        GraphValue weight = level["conv_1x1"]
            .Weight("weight", configuration.Width, inputs, 1, 1)
            .Reshape(configuration.Width, inputs);
        GraphValue narrowed = rows.Gemm(weight, level["conv_1x1"].Weight("bias", configuration.Width));
        return level["conv_3x3"].Conv(Sam3Layers.ToMap(narrowed, side), configuration.Width, kernel: 3, padding: 1);
    }
}
