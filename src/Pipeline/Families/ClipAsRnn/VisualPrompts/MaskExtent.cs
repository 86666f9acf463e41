using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn.VisualPrompts;

/// <summary>Where a mask is and how large: its mean pixel, truncated, and the size of its box, in pixels.</summary>
/// <param name="CentreX">Mean column.</param>
/// <param name="CentreY">Mean row.</param>
/// <param name="Width">Columns of its box, at least 1.</param>
/// <param name="Height">Rows of its box, at least 1.</param>
internal readonly record struct MaskExtent(int CentreX, int CentreY, int Width, int Height)
{
    /// <summary>The extent of <paramref name="mask"/>, or null when it is empty.</summary>
    public static MaskExtent? Of(BinaryMask mask)
    {
        long columns = 0, rows = 0, area = 0;
        int left = int.MaxValue, right = -1, top = -1, bottom = -1;
        for (int y = 0; y < mask.Height; y++)
        {
            ReadOnlySpan<byte> row = mask.Row(y);
            int first = row.IndexOf((byte)1);
            if (first < 0)
                continue;
            int last = row.LastIndexOf((byte)1), count = 0;
            for (int x = first; x <= last; x++)
            {
                columns += row[x] * x;
                count += row[x];
            }

            rows += (long)y * count;
            area += count;
            (left, right) = (Math.Min(left, first), Math.Max(right, last));
            (top, bottom) = (top < 0 ? y : top, y);
        }

        return area == 0
            ? null
            : new MaskExtent(
                (int)((double)columns / area), (int)((double)rows / area), right - left + 1, bottom - top + 1);
    }
}
