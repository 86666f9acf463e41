using System.Buffers.Binary;

namespace FrozenSeg.Pipeline.Foundation.Imaging.Headers;

/// <summary>WebP: a RIFF container whose first chunk is VP8 (lossy), VP8L (lossless) or VP8X (extended).</summary>
internal static class WebPHeader
{
    private const int ContainerHeader = 12, ChunkHeader = 8;

    /// <summary>Whether the bytes begin like a WebP file.</summary>
    public static bool IsWebP(ReadOnlySpan<byte> encoded) =>
        encoded.Length >= ContainerHeader && encoded.StartsWith("RIFF"u8) && encoded[8..].StartsWith("WEBP"u8);

    /// <summary>Reads size and orientation; null when the first chunk is damaged.</summary>
    public static ImageHeader? Read(ReadOnlySpan<byte> encoded)
    {
        if (encoded.Length < ContainerHeader + ChunkHeader + 10)
            return null;
        ReadOnlySpan<byte> type = encoded.Slice(ContainerHeader, 4);
        ReadOnlySpan<byte> body = encoded[(ContainerHeader + ChunkHeader)..];
        (int width, int height) = type switch
        {
            _ when type.SequenceEqual("VP8 "u8) => ReadLossy(body),
            _ when type.SequenceEqual("VP8L"u8) => ReadLossless(body),
            _ when type.SequenceEqual("VP8X"u8) => (1 + ReadUInt24(body[4..]), 1 + ReadUInt24(body[7..])),
            _ => default,
        };
        return width == 0 || height == 0
            ? null
            : new ImageHeader(ImageFormat.WebP, width, height, FindOrientation(encoded[ContainerHeader..]));
    }

    private static (int Width, int Height) ReadLossy(ReadOnlySpan<byte> body)
    {
        // Three bytes of frame tag, three of start code, then 14 bits each of width and height.
        ReadOnlySpan<byte> startCode = [0x9d, 0x01, 0x2a];
        if (!body[3..].StartsWith(startCode))
            return default;
        return (BinaryPrimitives.ReadUInt16LittleEndian(body[6..]) & 0x3fff,
            BinaryPrimitives.ReadUInt16LittleEndian(body[8..]) & 0x3fff);
    }

    private static (int Width, int Height) ReadLossless(ReadOnlySpan<byte> body)
    {
        if (body[0] != 0x2f)
            return default;
        uint bits = BinaryPrimitives.ReadUInt32LittleEndian(body[1..]);
        return ((int)(bits & 0x3fff) + 1, (int)((bits >> 14) & 0x3fff) + 1);
    }

    private static int ReadUInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    private static ExifOrientation FindOrientation(ReadOnlySpan<byte> chunks)
    {
        while (chunks.Length >= ChunkHeader)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(chunks[4..]);
            if (length > chunks.Length - ChunkHeader)
                break;
            if (chunks.StartsWith("EXIF"u8))
                return ExifReader.Orientation(chunks.Slice(ChunkHeader, (int)length));
            chunks = chunks[Math.Min(chunks.Length, ChunkHeader + (int)length + (int)(length & 1))..];
        }

        return ExifOrientation.TopLeft;
    }
}
