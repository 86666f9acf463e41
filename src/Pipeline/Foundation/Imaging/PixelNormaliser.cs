namespace FrozenSeg.Pipeline.Foundation.Imaging;

/// <summary>Interleaved bytes to normalised float planes.</summary>
internal static class PixelNormaliser
{
    /// <summary>
    /// Writes <c>(pixel − mean) / deviation</c> into the top-left corner of three planes; the rest is left as it is.
    /// </summary>
    /// <param name="image">The picture.</param>
    /// <param name="mean">Of red, green and blue, 0..255.</param>
    /// <param name="deviation">Of red, green and blue, 0..255.</param>
    /// <param name="planes">Three planes of <paramref name="planeHeight"/>×<paramref name="planeWidth"/>.</param>
    /// <param name="planeHeight">At least the picture's height.</param>
    /// <param name="planeWidth">At least the picture's width.</param>
    public static void Write(
        PixelImage image,
        ReadOnlySpan<float> mean,
        ReadOnlySpan<float> deviation,
        Span<float> planes,
        int planeHeight,
        int planeWidth)
    {
        Span<float> values = stackalloc float[PixelImage.Channels * 256];
        for (int i = 0; i < values.Length; i++)
            values[i] = ((i & 255) - mean[i >> 8]) / deviation[i >> 8];
        Write(image, values, planes, planeHeight, planeWidth);
    }

    /// <summary>
    /// Writes <c>(pixel/255 − mean) / deviation</c>, rounded after each step as torchvision does, into three planes of
    /// the picture's size.
    /// </summary>
    /// <param name="image">The picture.</param>
    /// <param name="mean">Of red, green and blue, 0..1.</param>
    /// <param name="deviation">Of red, green and blue, 0..1.</param>
    /// <param name="planes">Three planes.</param>
    public static void WriteUnit(
        PixelImage image, IReadOnlyList<float> mean, IReadOnlyList<float> deviation, Span<float> planes)
    {
        Span<float> values = stackalloc float[PixelImage.Channels * 256];
        for (int i = 0; i < values.Length; i++)
            values[i] = (((i & 255) / 255f) - mean[i >> 8]) / deviation[i >> 8];
        Write(image, values, planes, image.Height, image.Width);
    }

    // 256 different values a channel: a table is exact and saves the division.
    private static void Write(
        PixelImage image, ReadOnlySpan<float> tables, Span<float> planes, int planeHeight, int planeWidth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(planeHeight, image.Height);
        ArgumentOutOfRangeException.ThrowIfLessThan(planeWidth, image.Width);
        for (int channel = 0; channel < PixelImage.Channels; channel++)
        {
            ReadOnlySpan<float> values = tables.Slice(channel * 256, 256);
            Span<float> plane = planes.Slice(channel * planeHeight * planeWidth, planeHeight * planeWidth);
            for (int y = 0; y < image.Height; y++)
            {
                ReadOnlySpan<byte> pixels = image.Row(y);
                Span<float> row = plane.Slice(y * planeWidth, image.Width);
                for (int x = 0; x < row.Length; x++)
                    row[x] = values[pixels[(x * PixelImage.Channels) + channel]];
            }
        }
    }
}
