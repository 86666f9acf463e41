using System.Runtime.CompilerServices;

namespace FrozenSeg.Evaluation.Video;

/// <summary>
/// Boundaries of masks and how well two of them agree: the F measure of Perazzi et al. 2016, section 4.1, with the
/// morphology of the DAVIS 2017 tool. The loops are compiled with all optimisations at once: an evaluation is often
/// over before the runtime would have found out that they are worth it.
/// </summary>
internal static class Boundary
{
    /// <summary>
    /// The pixels that differ from their right, lower or lower right neighbour (after Martin's seg2bmap). In the last
    /// row and column only the neighbour inside the picture counts.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static BitRows Of(BitRows mask)
    {
        var boundary = new BitRows(mask.Height, mask.Width);
        ulong[] right = new ulong[mask.Stride], rightBelow = new ulong[mask.Stride];
        for (int y = 0; y < mask.Height; y++)
        {
            Span<ulong> row = mask.Row(y), edge = boundary.Row(y);
            Left(row, right, mask.Width);
            if (y + 1 == mask.Height)
            {
                for (int i = 0; i < edge.Length; i++)
                    edge[i] = row[i] ^ right[i];
                continue;
            }

            Span<ulong> below = mask.Row(y + 1);
            Left(below, rightBelow, mask.Width);
            for (int i = 0; i < edge.Length; i++)
                edge[i] = (row[i] ^ right[i]) | (row[i] ^ below[i]) | (row[i] ^ rightBelow[i]);
        }

        return boundary;
    }

    /// <summary>Every pixel at most <paramref name="radius"/> from a pixel that is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static BitRows Dilate(BitRows mask, int radius)
    {
        var dilated = new BitRows(mask.Height, mask.Width);
        int[] halfWidths = [.. Enumerable.Range(-radius, (2 * radius) + 1).Select(
            dy => (int)Math.Sqrt((radius * radius) - (dy * dy)))];
        var wide = new ulong[radius + 1][];
        for (int y = 0; y < mask.Height; y++)
        {
            Span<ulong> row = mask.Row(y);
            if (row.IndexOfAnyExcept(0UL) < 0)
                continue;
            Widen(row, wide, mask.Width);
            for (int dy = Math.Max(-radius, -y); dy <= Math.Min(radius, mask.Height - 1 - y); dy++)
            {
                Span<ulong> target = dilated.Row(y + dy);
                ulong[] source = wide[halfWidths[dy + radius]];
                for (int i = 0; i < target.Length; i++)
                    target[i] |= source[i];
            }
        }

        return dilated;
    }

    // wide[r] is the row with every set pixel widened by r to both sides.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Widen(ReadOnlySpan<ulong> row, ulong[][] wide, int width)
    {
        for (int r = 0; r < wide.Length; r++)
        {
            ulong[] target = wide[r] ??= new ulong[row.Length];
            if (r == 0)
            {
                row.CopyTo(target);
                continue;
            }

            ulong[] source = wide[r - 1];
            for (int i = 0; i < target.Length; i++)
            {
                ulong before = i == 0 ? 0 : source[i - 1] >> 63,
                    after = i + 1 == source.Length ? 0 : source[i + 1] << 63;
                target[i] = source[i] | (source[i] << 1) | before | (source[i] >> 1) | after;
            }

            target[^1] &= LastWord(width);
        }
    }

    // The row moved one pixel to the left; the last pixel keeps its value, so that it differs from nothing.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Left(ReadOnlySpan<ulong> row, Span<ulong> target, int width)
    {
        for (int i = 0; i < row.Length; i++)
            target[i] = (row[i] >> 1) | (i + 1 == row.Length ? 0 : row[i + 1] << 63);
        target[^1] |= row[^1] & (1UL << ((width - 1) % 64));
    }

    private static ulong LastWord(int width) => width % 64 == 0 ? ulong.MaxValue : (1UL << (width % 64)) - 1;
}
