using FrozenSeg.Pipeline.Foundation.Graphs.Onnx;

namespace FrozenSeg.Pipeline.Foundation.Graphs.Operators;

/// <summary>Interpolation of feature maps <c>[N, C, H, W]</c>.</summary>
internal static class Sampling
{
    /// <summary>Bilinear resize with half-pixel centres and clamped edges, without antialias.</summary>
    /// <param name="x"><c>[N, C, H, W]</c>.</param>
    /// <param name="height">Rows wanted.</param>
    /// <param name="width">Columns wanted.</param>
    public static GraphValue ResizeBilinear(this GraphValue x, int height, int width)
    {
        GraphBuilder graph = x.Graph;
        GraphValue sizes = Shaping.Concat(0, x.ShapeOf(0, 2), graph.Integers(height, width));
        return x.ResizeBilinear(sizes, height, width);
    }

    /// <summary>Bilinear resize to sizes computed in the graph.</summary>
    /// <param name="x"><c>[N, C, H, W]</c>.</param>
    /// <param name="sizes">Int64 vector N, C, H, W.</param>
    /// <param name="height">What is known of the rows.</param>
    /// <param name="width">What is known of the columns.</param>
    public static GraphValue ResizeBilinear(this GraphValue x, GraphValue sizes, Dimension height, Dimension width) =>
        x.Graph.Node(
            "Resize",
            [x, null, null, sizes],
            x.Type,
            [x[0], x[1], height, width],
            [
                OnnxAttribute.String("mode", "linear"),
                OnnxAttribute.String("coordinate_transformation_mode", "half_pixel"),
            ]);

    /// <summary>
    /// Bilinear samples at given places; outside the map is zero.
    /// </summary>
    /// <param name="x"><c>[N, C, H, W]</c>.</param>
    /// <param name="grid"><c>[N, h, w, 2]</c>, (x, y) in −1..1, where ±1 are the outer edges of the border
    /// pixels.</param>
    /// <returns><c>[N, C, h, w]</c>.</returns>
    public static GraphValue GridSample(this GraphValue x, GraphValue grid) =>
        x.Graph.Node(
            "GridSample",
            [x, grid],
            x.Type,
            [x[0], x[1], grid[1], grid[2]],
            [
                OnnxAttribute.String("mode", "linear"),
                OnnxAttribute.String("padding_mode", "zeros"),
                OnnxAttribute.Int("align_corners", 0),
            ]);
}
