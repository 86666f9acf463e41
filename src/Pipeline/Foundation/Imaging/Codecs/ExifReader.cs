using System.Buffers.Binary;

namespace FrozenSeg.Pipeline.Foundation.Imaging.Codecs;

/// <summary>
/// Finds the orientation in an EXIF block (a TIFF directory). The library finds the block, but gives no orientation
/// that is stored as LONG, as some cameras do. Damage means "as stored", never an error.
/// </summary>
internal static class ExifReader
{
    private const ushort OrientationTag = 0x0112;
    private const ushort LongType = 4;
    private const int EntrySize = 12;

    /// <param name="exif">The block from its byte-order mark on; a leading <c>Exif\0\0</c> is skipped.</param>
    public static ExifOrientation Orientation(ReadOnlySpan<byte> exif)
    {
        if (exif.StartsWith("Exif\0\0"u8))
            exif = exif[6..];
        if (exif.Length < 8)
            return ExifOrientation.TopLeft;
        bool bigEndian = exif.StartsWith("MM"u8);
        if (!bigEndian && !exif.StartsWith("II"u8))
            return ExifOrientation.TopLeft;

        uint directory = bigEndian
            ? BinaryPrimitives.ReadUInt32BigEndian(exif[4..])
            : BinaryPrimitives.ReadUInt32LittleEndian(exif[4..]);
        if (directory > exif.Length - 2)
            return ExifOrientation.TopLeft;

        int entries = ReadUInt16(exif[(int)directory..], bigEndian);
        ReadOnlySpan<byte> rest = exif[((int)directory + 2)..];
        for (int i = 0; i < entries && rest.Length >= EntrySize; i++, rest = rest[EntrySize..])
        {
            if (ReadUInt16(rest, bigEndian) != OrientationTag)
                continue;
            // The value's low half: of a big-endian LONG the second, else the first.
            bool isSecond = bigEndian && ReadUInt16(rest[2..], bigEndian) == LongType;
            int value = ReadUInt16(rest[(isSecond ? 10 : 8)..], bigEndian);
            return value is >= 1 and <= 8 ? (ExifOrientation)value : ExifOrientation.TopLeft;
        }

        return ExifOrientation.TopLeft;
    }

    private static ushort ReadUInt16(ReadOnlySpan<byte> bytes, bool bigEndian) => bigEndian
        ? BinaryPrimitives.ReadUInt16BigEndian(bytes)
        : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
