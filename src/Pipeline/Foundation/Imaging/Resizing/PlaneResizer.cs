namespace FrozenSeg.Pipeline.Foundation.Imaging.Resizing;

/// <summary>Bilinear resize of float32 planes, as PyTorch's <c>interpolate(align_corners=False)</c>.</summary>
internal static class PlaneResizer
{
    /// <summary>Resizes one H×W plane.</summary>
    /// <param name="source">Row-major plane of <paramref name="height"/>×<paramref name="width"/>.</param>
    /// <param name="height">Source rows.</param>
    /// <param name="width">Source columns.</param>
    /// <param name="target">Row-major plane of <paramref name="newHeight"/>×<paramref name="newWidth"/>.</param>
    /// <param name="newHeight">Target rows.</param>
    /// <param name="newWidth">Target columns.</param>
    public static void Resize(
        ReadOnlySpan<float> source, int height, int width, Span<float> target, int newHeight, int newWidth) =>
        Resize(source, width, target, new BilinearTaps(height, newHeight), new BilinearTaps(width, newWidth));

    /// <summary>Resizes one plane with taps made beforehand; for many planes of one size.</summary>
    /// <param name="source">Row-major source plane.</param>
    /// <param name="width">Source columns.</param>
    /// <param name="target">Row-major plane of <c>rows.Count</c>×<c>columns.Count</c>.</param>
    /// <param name="rows">Taps along the height.</param>
    /// <param name="columns">Taps along the width.</param>
    public static void Resize(
        ReadOnlySpan<float> source, int width, Span<float> target, BilinearTaps rows, BilinearTaps columns)
    {
        for (int y = 0; y < rows.Count; y++)
        {
            ReadOnlySpan<float> upper = source.Slice(rows.Lower[y] * width, width);
            ReadOnlySpan<float> lower = source.Slice(rows.Upper[y] * width, width);
            float weight = rows.Weight[y];
            Span<float> row = target.Slice(y * columns.Count, columns.Count);
            for (int x = 0; x < row.Length; x++)
            {
                float t = columns.Weight[x];
                float above = ((1 - t) * upper[columns.Lower[x]]) + (t * upper[columns.Upper[x]]);
                float below = ((1 - t) * lower[columns.Lower[x]]) + (t * lower[columns.Upper[x]]);
                row[x] = ((1 - weight) * above) + (weight * below);
            }
        }
    }
}
