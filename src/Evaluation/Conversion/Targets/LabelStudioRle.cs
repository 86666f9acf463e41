using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Evaluation.Conversion.Targets;

/// <summary>
/// Label Studio's brush masks: run lengths of an RGBA picture, row by row, in bits (the rle-pack format of thi.ng). The
/// header holds the number of bytes, the word size less one and four run sizes less one; a block is a flag, a run
/// size's number, the run less one, and the value.
/// </summary>
internal static class LabelStudioRle
{
    private const int Channels = 4, WordSize = 8;

    private static readonly int[] RunSizes = [3, 4, 8, 16];

    /// <summary>The packed mask; set pixels are 255 in all four channels.</summary>
    public static byte[] Encode(BinaryMask mask)
    {
        var bits = new BitWriter();
        bits.Write(mask.Pixels.Length * Channels, 32);
        bits.Write(WordSize - 1, 5);
        foreach (int size in RunSizes)
            bits.Write(size - 1, 4);
        for (int start = 0; start < mask.Pixels.Length;)
        {
            byte value = mask.Pixels[start];
            int length = mask.Pixels[start..].IndexOfAnyExcept(value);
            int end = length < 0 ? mask.Pixels.Length : start + length;
            WriteRun(bits, (long)(end - start) * Channels, value == 0 ? 0 : byte.MaxValue);
            start = end;
        }

        return bits.ToArray();
    }

    private static void WriteRun(BitWriter bits, long length, int value)
    {
        const long Longest = 1 << 16;
        for (; length > 0; length -= Math.Min(length, Longest))
        {
            long run = Math.Min(length, Longest);
            int size = Array.FindIndex(RunSizes, candidate => run <= 1L << candidate);
            bits.Write(1, 1);
            bits.Write(size, 2);
            bits.Write((int)(run - 1), RunSizes[size]);
            bits.Write(value, WordSize);
        }
    }
}
