using System.Buffers;

namespace FrozenSeg.Pipeline.Foundation.Imaging.Resizing;

/// <summary>
/// Pillow's resize on 8-bit pixels, bit for bit: horizontal pass first, each pass in fixed point and rounded back to
/// 8 bits. The models were trained on pictures resized this way, so a float resize is not a substitute.
/// </summary>
internal static class ImageResizer
{
    private const int Rounding = 1 << (ResampleTaps.Precision - 1);

    /// <summary>
    /// Resizes to <paramref name="width"/>×<paramref name="height"/>; the picture itself if it has that size.
    /// </summary>
    public static PixelImage Resize(PixelImage image, int width, int height, ResampleFilter filter)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        PixelImage wide = image.Width == width
            ? image
            : ResizeColumns(image, new ResampleTaps(image.Width, width, filter));
        return wide.Height == height ? wide : ResizeRows(wide, new ResampleTaps(wide.Height, height, filter));
    }

    /// <summary>
    /// The window [<paramref name="x"/>, x + windowWidth) × [<paramref name="y"/>, y + windowHeight) of the picture
    /// resized to <paramref name="width"/>×<paramref name="height"/>; nothing else is computed.
    /// </summary>
    public static PixelImage ResizeWindow(
        PixelImage image, int width, int height, ResampleFilter filter, int x, int y, int windowWidth, int windowHeight)
    {
        // Pillow leaves out a pass that changes nothing.
        PixelImage wide = image.Width == width
            ? image.Crop(x, 0, windowWidth, image.Height)
            : ResizeColumns(image, new ResampleTaps(image.Width, width, filter, x, windowWidth));
        return wide.Height == height
            ? wide.Crop(0, y, windowWidth, windowHeight)
            : ResizeRows(wide, new ResampleTaps(wide.Height, height, filter, y, windowHeight));
    }

    private static PixelImage ResizeColumns(PixelImage image, ResampleTaps taps)
    {
        var resized = new PixelImage(taps.Count, image.Height);
        Parallel.For(0, image.Height, y => ResizeRow(image.Row(y), resized.Row(y), taps));
        return resized;
    }

    private static void ResizeRow(ReadOnlySpan<byte> source, Span<byte> target, ResampleTaps taps)
    {
        for (int x = 0; x < taps.Count; x++)
        {
            ReadOnlySpan<int> weights = taps.Weights(x);
            ReadOnlySpan<byte> pixels = source.Slice(
                taps.Start(x) * PixelImage.Channels, weights.Length * PixelImage.Channels);
            int red = Rounding, green = Rounding, blue = Rounding;
            for (int k = 0, i = 0; k < weights.Length; k++, i += PixelImage.Channels)
            {
                red += weights[k] * pixels[i];
                green += weights[k] * pixels[i + 1];
                blue += weights[k] * pixels[i + 2];
            }

            target[x * PixelImage.Channels] = ToByte(red);
            target[(x * PixelImage.Channels) + 1] = ToByte(green);
            target[(x * PixelImage.Channels) + 2] = ToByte(blue);
        }
    }

    private static PixelImage ResizeRows(PixelImage image, ResampleTaps taps)
    {
        var resized = new PixelImage(image.Width, taps.Count);
        Parallel.For(0, taps.Count, y =>
        {
            int[] sums = ArrayPool<int>.Shared.Rent(image.Width * PixelImage.Channels);
            BlendRows(
                image,
                taps.Start(y),
                taps.Weights(y),
                sums.AsSpan(0, image.Width * PixelImage.Channels),
                resized.Row(y));
            ArrayPool<int>.Shared.Return(sums);
        });
        return resized;
    }

    private static void BlendRows(
        PixelImage image, int firstRow, ReadOnlySpan<int> weights, Span<int> sums, Span<byte> target)
    {
        sums.Fill(Rounding);
        for (int k = 0; k < weights.Length; k++)
        {
            ReadOnlySpan<byte> row = image.Row(firstRow + k);
            int weight = weights[k];
            for (int i = 0; i < sums.Length; i++)
                sums[i] += weight * row[i];
        }

        for (int i = 0; i < sums.Length; i++)
            target[i] = ToByte(sums[i]);
    }

    private static byte ToByte(int fixedPoint) => (byte)Math.Clamp(fixedPoint >> ResampleTaps.Precision, 0, 255);
}
