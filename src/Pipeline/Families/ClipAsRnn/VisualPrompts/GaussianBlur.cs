using FrozenSeg.Pipeline.Foundation.Imaging;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn.VisualPrompts;

/// <summary>
/// A Gaussian blur of 15×15 pixels, σ 2.6, borders mirrored without repeating the edge, in the fixed point of OpenCV's
/// 8-bit path: both passes keep exact sums and one rounding ends them.
/// </summary>
internal static class GaussianBlur
{
    // Sums to 256, so a horizontal sum fits 16 bits and a vertical one 24.
    private static readonly ushort[] Kernel = [1, 3, 6, 12, 20, 30, 36, 40, 36, 30, 20, 12, 6, 3, 1];

    private const int Radius = 7, Half = 1 << 15, Bits = 16;

    /// <summary>The picture blurred.</summary>
    public static PixelImage Apply(PixelImage image)
    {
        int length = image.Width * PixelImage.Channels;
        var sums = new ushort[image.Height * length];
        int[] columns = Mirrored(image.Width), rows = Mirrored(image.Height);
        Parallel.For(0, image.Height, y => SumRow(image.Row(y), sums.AsSpan(y * length, length), columns));
        var blurred = new PixelImage(image.Width, image.Height);
        Parallel.For(0, image.Height, y => SumColumns(sums, length, rows.AsSpan(y, Kernel.Length), blurred.Row(y)));
        return blurred;
    }

    // Where position i − 7 of a line lies once it is mirrored into the line; a line of one is all edge.
    private static int[] Mirrored(int size)
    {
        var places = new int[size + (2 * Radius)];
        int period = Math.Max(1, 2 * (size - 1));
        for (int i = 0; i < places.Length; i++)
        {
            int place = (((i - Radius) % period) + period) % period;
            places[i] = place < size ? place : period - place;
        }

        return places;
    }

    private static void SumRow(ReadOnlySpan<byte> row, Span<ushort> sums, int[] columns)
    {
        var padded = new byte[columns.Length * PixelImage.Channels];
        for (int i = 0; i < columns.Length; i++)
            row.Slice(columns[i] * PixelImage.Channels, PixelImage.Channels)
                .CopyTo(padded.AsSpan(i * PixelImage.Channels));
        sums.Clear();
        for (int tap = 0; tap < Kernel.Length; tap++)
        {
            ReadOnlySpan<byte> source = padded.AsSpan(tap * PixelImage.Channels, sums.Length);
            for (int i = 0; i < source.Length; i++)
                sums[i] += (ushort)(Kernel[tap] * source[i]);
        }
    }

    private static void SumColumns(ushort[] sums, int length, ReadOnlySpan<int> rows, Span<byte> blurred)
    {
        var totals = new uint[length];
        for (int tap = 0; tap < Kernel.Length; tap++)
        {
            ReadOnlySpan<ushort> source = sums.AsSpan(rows[tap] * length, length);
            for (int i = 0; i < totals.Length; i++)
                totals[i] += (uint)(Kernel[tap] * source[i]);
        }

        for (int i = 0; i < blurred.Length; i++)
            blurred[i] = (byte)((totals[i] + Half) >> Bits);
    }
}
