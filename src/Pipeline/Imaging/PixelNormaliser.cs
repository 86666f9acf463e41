namespace FrozenSeg.Pipeline.Imaging;

/// <summary>Interleaved bytes to normalised float planes.</summary>
public static class PixelNormaliser
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
        ArgumentOutOfRangeException.ThrowIfLessThan(planeHeight, image.Height);
        ArgumentOutOfRangeException.ThrowIfLessThan(planeWidth, image.Width);
        Span<float> values = stackalloc float[256];
        for (int channel = 0; channel < PixelImage.Channels; channel++)
        {
            // 256 different values a channel: a table is exact and saves the division.
            for (int value = 0; value < values.Length; value++)
                values[value] = (value - mean[channel]) / deviation[channel];

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
