using System.Runtime.CompilerServices;
using System.Text;

namespace FrozenSeg.Shared.Masks;

/// <summary>
/// A mask in COCO's run-length form: alternating runs of 0 and 1 over the pixels in column-major order, beginning with
/// zeros (a first count of 0 where the first pixel is set). Immutable.
/// </summary>
public sealed class RunLengthEncoding : IEquatable<RunLengthEncoding>
{
    private readonly int[] _counts;

    /// <param name="height">Rows of the mask.</param>
    /// <param name="width">Columns of the mask.</param>
    /// <param name="counts">Run lengths, none negative, H·W in all.</param>
    /// <exception cref="FormatException">A run is negative, or the runs do not fill the mask.</exception>
    public RunLengthEncoding(int height, int width, int[] counts)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(height);
        ArgumentOutOfRangeException.ThrowIfNegative(width);
        ArgumentNullException.ThrowIfNull(counts);
        long total = 0, area = 0;
        for (int run = 0; run < counts.Length; run++)
        {
            if (counts[run] < 0)
                throw new FormatException($"a run has the negative length {counts[run]}");
            total += counts[run];
            area += run % 2 == 0 ? 0 : counts[run];
        }

        if (total != (long)height * width)
            throw new FormatException($"the runs cover {total} pixels of a {height}×{width} mask");

        Height = height;
        Width = width;
        Area = (int)area;
        _counts = counts;
    }

    /// <summary>Rows of the mask.</summary>
    public int Height { get; }

    /// <summary>Columns of the mask.</summary>
    public int Width { get; }

    /// <summary>Run lengths; even positions are zeros, odd ones are ones.</summary>
    public ReadOnlySpan<int> Counts => _counts;

    /// <summary>Number of pixels set.</summary>
    public int Area { get; }

    /// <summary>
    /// The smallest box around the mask as inclusive pixel indices (SAM's form); all zeros when the mask is empty.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public BoxXyxy InclusiveBox()
    {
        int x0 = Width, y0 = Height, x1 = -1, y1 = -1;
        int start = 0;
        for (int run = 0; run < _counts.Length; start += _counts[run++])
        {
            if (run % 2 == 0 || _counts[run] == 0)
                continue;
            int firstColumn = start / Height, first = start - (firstColumn * Height), last = first + _counts[run] - 1;
            x0 = Math.Min(x0, firstColumn);
            if (last < Height)
            {
                (x1, y0, y1) = (Math.Max(x1, firstColumn), Math.Min(y0, first), Math.Max(y1, last));
                continue;
            }

            // A run that crosses a column border covers the bottom of one column and the top of the next.
            (x1, y0, y1) = (Math.Max(x1, (start + _counts[run] - 1) / Height), 0, Height - 1);
        }

        return x1 < 0 ? default : new BoxXyxy(x0, y0, x1, y1);
    }

    /// <summary>Encodes a mask.</summary>
    public static RunLengthEncoding FromMask(BinaryMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        var counts = new List<int>();
        ReadOnlySpan<byte> pixels = mask.Pixels;
        byte current = 0;
        int length = 0;
        for (int x = 0; x < mask.Width; x++)
        {
            for (int y = 0, i = x; y < mask.Height; y++, i += mask.Width)
            {
                if (pixels[i] != current)
                {
                    counts.Add(length);
                    length = 0;
                    current = pixels[i];
                }

                length++;
            }
        }

        counts.Add(length);
        return new RunLengthEncoding(mask.Height, mask.Width, [.. counts]);
    }

    /// <summary>Decodes to pixels.</summary>
    public BinaryMask ToMask()
    {
        var mask = new BinaryMask(Height, Width);
        Span<byte> pixels = mask.Pixels;
        int position = 0;
        for (int run = 0; run < _counts.Length; run++)
        {
            int end = position + _counts[run];
            if (run % 2 == 1)
            {
                for (int i = position; i < end; i++)
                    pixels[(i % Height * Width) + (i / Height)] = 1;
            }

            position = end;
        }

        return mask;
    }

    /// <summary>
    /// COCO's compressed string. From the fourth run on, the difference to the run two before is stored, in groups of
    /// five bits, lowest first; bit 5 says that another group follows; 48 is added to make it printable.
    /// </summary>
    public string ToCocoString()
    {
        var text = new StringBuilder(_counts.Length * 2);
        for (int run = 0; run < _counts.Length; run++)
        {
            long value = run > 2 ? (long)_counts[run] - _counts[run - 2] : _counts[run];
            bool more;
            do
            {
                int group = (int)(value & 0x1f);
                value >>= 5;
                bool negative = (group & 0x10) != 0;
                more = negative ? value != -1 : value != 0;
                text.Append((char)((more ? group | 0x20 : group) + 48));
            }
            while (more);
        }

        return text.ToString();
    }

    /// <summary>Reads COCO's compressed string.</summary>
    /// <param name="text">The string as <see cref="ToCocoString"/> writes it.</param>
    /// <param name="height">Rows of the mask.</param>
    /// <param name="width">Columns of the mask.</param>
    /// <exception cref="FormatException">A character is out of range, the string ends inside a number, or the runs do
    /// not fill the mask.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static RunLengthEncoding FromCocoString(string text, int height, int width)
    {
        ArgumentNullException.ThrowIfNull(text);
        var counts = new int[CountGroups(text)];
        int position = 0, count = 0;
        while (position < text.Length)
        {
            long value = ReadGroups(text, ref position);
            if (count > 2)
                value += counts[count - 2];
            if (value is < 0 or > int.MaxValue)
                throw new FormatException($"run {count} has the impossible length {value}");
            counts[count++] = (int)value;
        }

        return new RunLengthEncoding(height, width, counts);
    }

    // A number ends with the first character that does not say that more follow; so does a string that is cut short.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int CountGroups(string text)
    {
        int count = 1;
        foreach (char character in text)
            count += ((character - 48) & 0x20) == 0 ? 1 : 0;
        return text.Length == 0 || ((text[^1] - 48) & 0x20) == 0 ? count - 1 : count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long ReadGroups(string text, ref int position)
    {
        long value = 0;
        for (int shift = 0; ; shift += 5)
        {
            if (position == text.Length || shift > 30)
                throw new FormatException($"the run-length string is cut short or damaged at character {position}");
            int group = text[position++] - 48;
            if (group is < 0 or > 63)
                throw new FormatException($"character {position - 1} of the run-length string is out of range");
            value |= (long)(group & 0x1f) << shift;
            if ((group & 0x20) == 0)
                return (group & 0x10) != 0 ? value | (-1L << (shift + 5)) : value;
        }
    }

    /// <inheritdoc/>
    public bool Equals(RunLengthEncoding? other) =>
        other is not null && Height == other.Height && Width == other.Width && _counts.AsSpan()
            .SequenceEqual(other._counts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RunLengthEncoding);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Height, Width, _counts.Length, Area);
}
