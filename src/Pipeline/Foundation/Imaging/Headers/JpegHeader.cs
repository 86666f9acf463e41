using System.Buffers.Binary;

namespace FrozenSeg.Pipeline.Foundation.Imaging.Headers;

/// <summary>JPEG: walks the marker segments up to the frame header.</summary>
internal static class JpegHeader
{
    private const byte FirstFrame = 0xc0, LastFrame = 0xcf;
    private const byte HuffmanTables = 0xc4, ArithmeticReserved = 0xc8, ArithmeticConditioning = 0xcc;
    private const byte StartOfScan = 0xda, EndOfImage = 0xd9, App1 = 0xe1, FirstRestart = 0xd0, StartOfImage = 0xd8;

    /// <summary>Start of image, and the first byte of the next marker.</summary>
    public static ReadOnlySpan<byte> Signature => [0xff, StartOfImage, 0xff];

    /// <summary>Reads size and orientation; null when no frame header is found.</summary>
    public static ImageHeader? Read(ReadOnlySpan<byte> encoded)
    {
        var orientation = ExifOrientation.TopLeft;
        int position = 2;
        while (TryNextMarker(encoded, ref position, out byte marker))
        {
            if (marker is >= FirstRestart and <= StartOfImage or 0x01)
                continue;
            if (marker is StartOfScan or EndOfImage || position + 2 > encoded.Length)
                return null;
            int length = BinaryPrimitives.ReadUInt16BigEndian(encoded[position..]);
            if (length < 2 || position + length > encoded.Length)
                return null;

            ReadOnlySpan<byte> segment = encoded.Slice(position + 2, length - 2);
            if (marker == App1 && segment.StartsWith("Exif\0\0"u8))
                orientation = ExifReader.Orientation(segment[6..]);
            if (IsFrame(marker))
                return ReadFrame(segment, orientation);
            position += length;
        }

        return null;
    }

    private static bool IsFrame(byte marker) =>
        marker is >= FirstFrame and <= LastFrame and not (HuffmanTables or ArithmeticReserved or ArithmeticConditioning);

    private static ImageHeader? ReadFrame(ReadOnlySpan<byte> segment, ExifOrientation orientation)
    {
        if (segment.Length < 6)
            return null;
        int height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]);
        int width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
        return width == 0 || height == 0 ? null : new ImageHeader(ImageFormat.Jpeg, width, height, orientation);
    }

    private static bool TryNextMarker(ReadOnlySpan<byte> encoded, ref int position, out byte marker)
    {
        marker = 0;
        if (position >= encoded.Length || encoded[position] != 0xff)
            return false;
        while (position < encoded.Length && encoded[position] == 0xff)
            position++;
        if (position == encoded.Length)
            return false;
        marker = encoded[position++];
        return true;
    }
}
