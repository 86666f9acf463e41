using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;
using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Families.Sam.Networks;

/// <summary>
/// The procedural stand-in as graphs. Encoder: blurred quarter-size pixels, folded into 48 of 256 channels. Decoder:
/// for mask k, <c>d = √(colour distance² + wₖ · pixel distance² + 1e-6)</c>, logit <c>256 (tₖ − d)</c>, and a predicted
/// IoU that falls with the mean of <c>d/tₖ</c> inside the mask.
/// </summary>
internal static class ProcSamNetwork
{
    /// <summary>Side of the frame the encoder sees.</summary>
    public const int ImageSize = 1024;

    /// <summary>Side of the decoder's masks.</summary>
    public const int MaskSize = 256;

    private const int Pool = ImageSize / MaskSize, Blur = 5;
    private const int GridSize = 64, Fold = MaskSize / GridSize;
    private const int Colours = 3, Folded = Colours * Fold * Fold, Channels = 256;
    private const float LogitScale = 256, IoUSlope = 0.175f;

    // Tolerance and reach, in quarter-size pixels, of masks 1 to 3: part, object, group.
    private static readonly float[] Tolerances = [0.30f, 0.60f, 1.00f];
    private static readonly float[] Reaches = [20, 48, 128];

    /// <summary><c>image</c> [1, 3, 1024, 1024] → <c>embedding</c> [1, 256, 64, 64].</summary>
    public static GraphBuilder Encoder(GraphTarget target)
    {
        var graph = new GraphBuilder("procsam_encoder", target);
        GraphValue image = graph.Input("image", ElementType.Float32, 1, Colours, ImageSize, ImageSize);
        GraphValue blurred = image.AveragePool(Pool, Pool).AveragePool(Blur, 1, Blur / 2);
        GraphValue folded = blurred.Reshape(Colours, GridSize, Fold, GridSize, Fold)
            .Transpose(0, 2, 4, 1, 3)
            .Reshape(1, Folded, GridSize, GridSize);
        graph.Output("embedding", folded.PadEnd(0, Channels - Folded, 0, 0));
        return graph;
    }

    /// <summary>
    /// <c>embedding</c> and <c>points</c> [N, 2] in the 1024 frame → <c>masks</c> [N, 3, 256, 256] logits, <c>iou</c>
    /// [N, 3].
    /// </summary>
    public static GraphBuilder Decoder(GraphTarget target)
    {
        var graph = new GraphBuilder("procsam_decoder", target with { ComputeType = ElementType.Float32 });
        GraphValue embedding = graph.Input("embedding", ElementType.Float32, 1, Channels, GridSize, GridSize);
        GraphValue points = graph.Input("points", ElementType.Float32, "points", 2);
        int area = MaskSize * MaskSize;

        GraphValue colours = embedding.Slice(1, 0, Folded)
            .Reshape(Colours, Fold, Fold, GridSize, GridSize)
            .Transpose(0, 3, 1, 4, 2)
            .Reshape(Colours, area);
        GraphValue cells = (points * (1f / Pool)).Floor().Clip(0, MaskSize - 1);
        GraphValue distance = ColourDistance(colours, cells) + PixelDistance(cells);

        GraphValue tolerance = graph.Floats(Tolerances, 1, Tolerances.Length, 1);
        GraphValue d = (distance + 1e-6f).Sqrt();
        GraphValue logits = (tolerance - d) * LogitScale;
        GraphValue inside = logits.Greater(graph.Scalar(0, ElementType.Float32)).Cast(ElementType.Float32);
        GraphValue size = inside.ReduceSum(2, keep: false).Max(graph.Scalar(1, ElementType.Float32));
        GraphValue mean = ((d / tolerance) * inside).ReduceSum(2, keep: false) / size;
        graph.Output("masks", logits.Reshape(logits[0], Tolerances.Length, MaskSize, MaskSize));
        graph.Output("iou", (mean * -IoUSlope) + 1);
        return graph;
    }

    // [N, 1, area]: squared distance of every pixel's colour to the point's.
    private static GraphValue ColourDistance(GraphValue colours, GraphValue cells)
    {
        GraphValue row = cells.Slice(1, 1, 2), column = cells.Slice(1, 0, 1);
        GraphValue at = ((row * MaskSize) + column).Cast(ElementType.Int64).Reshape(cells[0]);
        GraphValue point = colours.Transpose(1, 0).Gather(at).Reshape(cells[0], Colours, 1);
        GraphValue difference = colours.Reshape(1, Colours, colours[1]) - point;
        return (difference * difference).ReduceSum(1);
    }

    // [N, 3, area]: squared distance of every pixel to the point, weighted for each mask.
    private static GraphValue PixelDistance(GraphValue cells)
    {
        GraphBuilder graph = cells.Graph;
        float[] ramp = [.. Enumerable.Range(0, MaskSize).Select(i => (float)i)];
        GraphValue dx = graph.Floats(ramp, 1, 1, MaskSize) - cells.Slice(1, 0, 1).Reshape(cells[0], 1, 1);
        GraphValue dy = graph.Floats(ramp, 1, MaskSize, 1) - cells.Slice(1, 1, 2).Reshape(cells[0], 1, 1);
        GraphValue squared = ((dx * dx) + (dy * dy)).Reshape(cells[0], 1, MaskSize * MaskSize);
        float[] weights = [.. Tolerances.Zip(Reaches, (tolerance, reach) => tolerance / reach * (tolerance / reach))];
        return squared * graph.Floats(weights, 1, weights.Length, 1);
    }
}
