using System.Runtime.CompilerServices;

namespace FrozenSeg.Evaluation.Video;

/// <summary>
/// A mask with 64 pixels to a word: H rows of ⌈W/64⌉ words, column x is bit x mod 64 of word x / 64; bits beyond the
/// width are 0. Everything the video measures need is a few operations on words.
/// </summary>
internal sealed class BitRows
{
    private const int Bits = 64;

    private readonly ulong[] _words;

    /// <summary>An empty mask.</summary>
    public BitRows(int height, int width)
    {
        (Height, Width, Stride) = (height, width, (width + Bits - 1) / Bits);
        _words = new ulong[height * Stride];
    }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Words of a row.</summary>
    public int Stride { get; }

    /// <summary>All words.</summary>
    public Span<ulong> Words => _words;

    /// <summary>The words of a row.</summary>
    public Span<ulong> Row(int y) => _words.AsSpan(y * Stride, Stride);

    /// <summary>Sets the pixels [<paramref name="start"/>, <paramref name="end"/>) of a row.</summary>
    public void Set(int y, int start, int end)
    {
        Span<ulong> row = Row(y);
        for (int x = start; x < end;)
        {
            int bit = x % Bits, length = Math.Min(Bits - bit, end - x);
            row[x / Bits] |= (length == Bits ? ulong.MaxValue : (1UL << length) - 1) << bit;
            x += length;
        }
    }

    /// <summary>Unsets every pixel that another mask of the same size has.</summary>
    public void Remove(BitRows other)
    {
        for (int i = 0; i < _words.Length; i++)
            _words[i] &= ~other._words[i];
    }

    /// <summary>Number of pixels set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public long Count()
    {
        long count = 0;
        foreach (ulong word in _words)
            count += long.PopCount((long)word);
        return count;
    }

    /// <summary>Numbers of pixels set in both masks, and in either.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public (long Intersection, long Union) Overlap(BitRows other)
    {
        long both = 0, either = 0;
        for (int i = 0; i < _words.Length; i++)
        {
            both += long.PopCount((long)(_words[i] & other._words[i]));
            either += long.PopCount((long)(_words[i] | other._words[i]));
        }

        return (both, either);
    }
}
