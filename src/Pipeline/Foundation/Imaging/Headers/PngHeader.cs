using System.Buffers.Binary;

namespace FrozenSeg.Pipeline.Foundation.Imaging.Headers;

/// <summary>PNG: the IHDR chunk, and the eXIf chunk if it comes before the pixels.</summary>
internal static class PngHeader
{
    /// <summary>The first eight bytes of every PNG.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>Reads size and orientation; null when the header is damaged.</summary>
    public static ImageHeader? Read(ReadOnlySpan<byte> encoded)
    {
        if (encoded.Length < 33 || !encoded.Slice(12, 4).SequenceEqual("IHDR"u8))
            return null;
        uint width = BinaryPrimitives.ReadUInt32BigEndian(encoded[16..]);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(encoded[20..]);
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue)
            return null;
        return new ImageHeader(ImageFormat.Png, (int)width, (int)height, FindOrientation(encoded[8..]));
    }

    private static ExifOrientation FindOrientation(ReadOnlySpan<byte> chunks)
    {
        while (chunks.Length >= 12)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(chunks);
            ReadOnlySpan<byte> type = chunks.Slice(4, 4);
            if (length > chunks.Length - 12 || type.SequenceEqual("IDAT"u8))
                break;
            if (type.SequenceEqual("eXIf"u8))
                return ExifReader.Orientation(chunks.Slice(8, (int)length));
            chunks = chunks[(int)(length + 12)..];
        }

        return ExifOrientation.TopLeft;
    }
}
