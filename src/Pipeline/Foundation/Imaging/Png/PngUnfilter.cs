using System.Numerics;
using System.Runtime.CompilerServices;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Foundation.Imaging.Png;

/// <summary>
/// Undoes the row filters of a PNG (specification, section 9) in place, and moves the rows together: each row loses
/// the byte that names its filter, so a row never lands behind the place it is read from.
/// </summary>
internal static class PngUnfilter
{
    /// <param name="bytes">Height rows of one filter byte and <paramref name="stride"/> samples; on return Height rows
    /// of <paramref name="stride"/> samples from the start.</param>
    /// <param name="stride">Bytes of a row without its filter byte.</param>
    /// <param name="height">Rows.</param>
    /// <param name="pixel">Bytes of a whole pixel, at least 1.</param>
    /// <param name="name">What to call the file.</param>
    public static void Run(Span<byte> bytes, int stride, int height, int pixel, string name)
    {
        Span<byte> above = [];
        for (int y = 0; y < height; y++)
        {
            int at = y * (stride + 1);
            byte filter = bytes[at];
            Span<byte> row = bytes.Slice(y * stride, stride);
            bytes.Slice(at + 1, stride).CopyTo(row);
            if (above.Length == 0)
                FirstRow(row, pixel, filter, y, name);
            else
                NextRow(row, above, pixel, filter, y, name);
            above = row;
        }
    }

    // Above the first row everything is 0: Up adds nothing, and Paeth always chooses the left neighbour.
    private static void FirstRow(Span<byte> row, int pixel, byte filter, int y, string name)
    {
        switch (filter)
        {
            case 0 or 2:
                break;
            case 1 or 4:
                Sub(row, pixel);
                break;
            case 3:
                for (int i = pixel; i < row.Length; i++)
                    row[i] += (byte)(row[i - pixel] / 2);
                break;
            default:
                throw Unknown(filter, y, name);
        }
    }

    private static void NextRow(Span<byte> row, ReadOnlySpan<byte> above, int pixel, byte filter, int y, string name)
    {
        switch (filter)
        {
            case 0:
                break;
            case 1:
                Sub(row, pixel);
                break;
            case 2:
                Up(row, above);
                break;
            case 3:
                Average(row, above, pixel);
                break;
            case 4:
                Paeth(row, above, pixel);
                break;
            default:
                throw Unknown(filter, y, name);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sub(Span<byte> row, int pixel)
    {
        for (int i = pixel; i < row.Length; i++)
            row[i] += row[i - pixel];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Up(Span<byte> row, ReadOnlySpan<byte> above)
    {
        int i = 0;
        for (; i <= row.Length - Vector<byte>.Count; i += Vector<byte>.Count)
            (new Vector<byte>(row[i..]) + new Vector<byte>(above[i..])).CopyTo(row[i..]);
        for (; i < row.Length; i++)
            row[i] += above[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Average(Span<byte> row, ReadOnlySpan<byte> above, int pixel)
    {
        for (int i = 0; i < pixel && i < row.Length; i++)
            row[i] += (byte)(above[i] / 2);
        for (int i = pixel; i < row.Length; i++)
            row[i] += (byte)((row[i - pixel] + above[i]) / 2);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Paeth(Span<byte> row, ReadOnlySpan<byte> above, int pixel)
    {
        above = above[..row.Length];
        for (int i = 0; i < pixel && i < row.Length; i++)
            row[i] += above[i];
        // Channels are walked one after the other, so that left and corner stay in registers.
        for (int channel = 0; channel < pixel; channel++)
        {
            if (channel >= row.Length)
                return;
            int left = row[channel], corner = above[channel];
            for (int i = channel + pixel; i < row.Length; i += pixel)
            {
                int up = above[i];
                int toLeft = up - corner, toUp = left - corner;
                int toCorner = Math.Abs(toLeft + toUp);
                toLeft = Math.Abs(toLeft);
                toUp = Math.Abs(toUp);
                int nearest = toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
                left = (byte)(row[i] + nearest);
                row[i] = (byte)left;
                corner = up;
            }
        }
    }

    private static SegmentationProblemException Unknown(byte filter, int y, string name) =>
        DecodingProblems.Damaged(name, $"row {y} has the unknown filter {filter}");
}
