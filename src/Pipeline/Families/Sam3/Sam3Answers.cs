using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;

namespace FrozenSeg.Pipeline.Families.Sam3;

/// <summary>From the model's square back to the picture.</summary>
internal static class Sam3Answers
{
    /// <summary>The corners of a query's box in pixels; beyond the picture where the model puts them there.</summary>
    /// <returns>x0, y0, x1, y1.</returns>
    public static float[] Box(Sam3Detection detection, int query, int width, int height)
    {
        ReadOnlySpan<float> box = detection.Boxes.Span.Slice(4 * query, 4);
        float halfWidth = box[2] / 2, halfHeight = box[3] / 2;
        return
        [
            (box[0] - halfWidth) * width,
            (box[1] - halfHeight) * height,
            (box[0] + halfWidth) * width,
            (box[1] + halfHeight) * height,
        ];
    }

    /// <summary>The logits of one mask at the picture's size, in one bilinear step; above 0 is inside.</summary>
    /// <param name="masks">k × side × side.</param>
    /// <param name="index">Which of them.</param>
    /// <param name="side">Side of a mask, 4 G.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="width">Columns of the picture.</param>
    public static float[] Logits(ReadOnlySpan<float> masks, int index, int side, int height, int width)
    {
        var logits = new float[height * width];
        PlaneResizer.Resize(masks.Slice(index * side * side, side * side), side, side, logits, height, width);
        return logits;
    }
}
