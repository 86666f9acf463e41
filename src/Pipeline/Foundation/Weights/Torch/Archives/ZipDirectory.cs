using System.Buffers.Binary;
using System.Text;
using FrozenSeg.Pipeline.Foundation.Weights.Torch.Pickles;

namespace FrozenSeg.Pipeline.Foundation.Weights.Torch.Archives;

/// <summary>
/// The table of contents of a zip archive, with the place of every file's bytes, so that they can be mapped. Knows the
/// 64-bit form. (System.IO.Compression does not tell where the bytes are.)
/// </summary>
internal static class ZipDirectory
{
    private const uint LocalSignature = 0x04034b50, CentralSignature = 0x02014b50;
    private const uint EndSignature = 0x06054b50, End64Signature = 0x06064b50, Locator64Signature = 0x07064b50;
    private const int EndLength = 22, End64Length = 56, Locator64Length = 20, CentralLength = 46, LocalLength = 30;
    private const int MaxCommentLength = ushort.MaxValue;
    private const long MaxDirectoryLength = 32L << 20, MaxEntries = 200_000;
    private const ushort Zip64Field = 1, Encrypted = 1, Stored = 0, Deflated = 8;

    /// <summary>Reads all entries.</summary>
    /// <exception cref="PickleException">The archive is cut short or contradicts itself.</exception>
    public static IReadOnlyList<ZipEntry> Read(FileStream file)
    {
        (long offset, long length, long count) = FindDirectory(file);
        if (length > MaxDirectoryLength || count > MaxEntries)
            throw new PickleException("its table of contents is impossibly long");
        byte[] directory = ReadAt(file, offset, length);
        var entries = new List<ZipEntry>();
        for (int at = 0; entries.Count < count;)
        {
            if (at + CentralLength > directory.Length || UInt32(directory, at) != CentralSignature)
                throw new PickleException("its table of contents is damaged");
            int next = at + CentralLength + UInt16(directory, at + 28) + UInt16(directory, at + 30) + UInt16(
                directory, at + 32);
            if (next > directory.Length)
                throw new PickleException("its table of contents is damaged");
            entries.Add(ReadEntry(file, directory.AsSpan(at, next - at)));
            at = next;
        }

        return entries;
    }

    private static (long Offset, long Length, long Count) FindDirectory(FileStream file)
    {
        long tailStart = Math.Max(0, file.Length - EndLength - MaxCommentLength);
        byte[] tail = ReadAt(file, tailStart, file.Length - tailStart);
        for (int at = tail.Length - EndLength; at >= 0; at--)
        {
            if (UInt32(tail, at) != EndSignature || UInt16(tail, at + 20) != tail.Length - at - EndLength)
                continue;
            (long offset, long length, long count) = (
                UInt32(tail, at + 16), UInt32(tail, at + 12), UInt16(tail, at + 10));
            bool isLong = offset == uint.MaxValue || length == uint.MaxValue || count == ushort.MaxValue;
            return isLong ? FindLongDirectory(file, tailStart + at) : (offset, length, count);
        }

        throw new PickleException("it has no table of contents: it is cut short, or not complete yet");
    }

    private static (long Offset, long Length, long Count) FindLongDirectory(FileStream file, long end)
    {
        byte[] locator = ReadAt(file, end - Locator64Length, Locator64Length);
        if (UInt32(locator, 0) != Locator64Signature)
            throw new PickleException("its table of contents is damaged");
        byte[] record = ReadAt(file, Int64(locator, 8), End64Length);
        return UInt32(record, 0) == End64Signature
            ? (Int64(record, 48), Int64(record, 40), Int64(record, 32))
            : throw new PickleException("its table of contents is damaged");
    }

    private static ZipEntry ReadEntry(FileStream file, ReadOnlySpan<byte> central)
    {
        int nameLength = UInt16(central, 28), method = UInt16(central, 10);
        string name = Encoding.UTF8.GetString(central.Slice(CentralLength, nameLength));
        if ((UInt16(central, 8) & Encrypted) != 0)
            throw new PickleException($"'{name}' in it is encrypted");
        if (method is not (Stored or Deflated))
            throw new PickleException($"'{name}' in it is packed in a way that PyTorch does not use");
        long packed = UInt32(central, 20), length = UInt32(central, 24), header = UInt32(central, 42);
        ReadLongSizes(
            central.Slice(CentralLength + nameLength, UInt16(central, 30)), ref length, ref packed, ref header);

        byte[] local = ReadAt(file, header, LocalLength);
        if (UInt32(local, 0) != LocalSignature)
            throw new PickleException($"'{name}' in it is not where the table of contents says");
        long offset = header + LocalLength + UInt16(local, 26) + UInt16(local, 28);
        bool isStored = method == Stored;
        if (packed < 0 || length < 0 || packed > file.Length - offset || (isStored && packed != length))
            throw new PickleException($"'{name}' in it reaches beyond the end of the file: it is cut short");
        return new ZipEntry(name, isStored, offset, length);
    }

    // Fields that do not fit 32 bits are all ones and stand in an extra field instead, in this order.
    private static void ReadLongSizes(ReadOnlySpan<byte> extra, ref long length, ref long packed, ref long header)
    {
        while (extra.Length >= 4)
        {
            int size = UInt16(extra, 2);
            if (size > extra.Length - 4)
                return;
            if (UInt16(extra, 0) == Zip64Field)
            {
                ReadOnlySpan<byte> field = extra.Slice(4, size);
                TakeLong(ref field, ref length);
                TakeLong(ref field, ref packed);
                TakeLong(ref field, ref header);
                return;
            }

            extra = extra[(4 + size)..];
        }
    }

    private static void TakeLong(ref ReadOnlySpan<byte> field, ref long value)
    {
        if (value != uint.MaxValue || field.Length < 8)
            return;
        value = BinaryPrimitives.ReadInt64LittleEndian(field);
        field = field[8..];
    }

    private static byte[] ReadAt(FileStream file, long offset, long length)
    {
        if (offset < 0 || length < 0 || offset > file.Length - length)
            throw new PickleException("its table of contents is damaged: it is cut short");
        var bytes = new byte[length];
        file.Position = offset;
        file.ReadExactly(bytes);
        return bytes;
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, int at) =>
        BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint UInt32(ReadOnlySpan<byte> bytes, int at) =>
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long Int64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
}
