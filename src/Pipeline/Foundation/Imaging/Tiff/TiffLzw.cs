namespace FrozenSeg.Pipeline.Foundation.Imaging.Tiff;

/// <summary>TIFF's LZW (TIFF 6.0, section 13): codes of 9 to 12 bits, high bits first.</summary>
internal static class TiffLzw
{
    private const int Clear = 256, End = 257, First = 258, MostCodes = 4096, FewestBits = 9, MostBits = 12;

    /// <summary>Unpacks a strip.</summary>
    /// <param name="packed">The codes.</param>
    /// <param name="target">Where bytes go; those that do not fit are dropped.</param>
    /// <returns>How many bytes were written; fewer than there is room for when the strip is damaged or short.</returns>
    public static int Unpack(ReadOnlySpan<byte> packed, Span<byte> target)
    {
        // An entry is an earlier stretch of the output: where it lies and how long it is.
        Span<int> start = stackalloc int[MostCodes], length = stackalloc int[MostCodes];
        int written = 0, next = First, bits = FewestBits, last = -1;
        for (int at = 0; written < target.Length && at + bits <= packed.Length * 8;)
        {
            int code = Code(packed, at, bits);
            at += bits;
            if (code == End)
                break;
            if (code == Clear)
            {
                (next, bits, last) = (First, FewestBits, -1);
                continue;
            }

            int begin = written;
            if (code < Clear)
                target[written++] = (byte)code;
            else if (code < next)
                written = Copy(target, start[code], length[code], written);
            else if (code == next && last >= 0)
                // The one code that may name itself: the last stretch and its first byte once more.
                written = Copy(target, last, begin - last + 1, written);
            else
                return written;
            if (last >= 0 && next < MostCodes)
            {
                (start[next], length[next]) = (last, begin - last + 1);
                next++;
                // TIFF widens codes one early.
                if (next + 1 >= 1 << bits)
                    bits = Math.Min(bits + 1, MostBits);
            }

            last = begin;
        }

        return written;
    }

    // Byte by byte: a stretch may reach into what is being written.
    private static int Copy(Span<byte> target, int from, int length, int written)
    {
        for (int i = 0; i < length && written < target.Length; i++)
            target[written++] = target[from + i];
        return written;
    }

    private static int Code(ReadOnlySpan<byte> packed, int at, int bits)
    {
        int value = 0;
        for (int read = 0; read < bits;)
        {
            int inByte = (at + read) % 8, take = Math.Min(8 - inByte, bits - read);
            value = (value << take) | ((packed[(at + read) / 8] >> (8 - inByte - take)) & ((1 << take) - 1));
            read += take;
        }

        return value;
    }
}
