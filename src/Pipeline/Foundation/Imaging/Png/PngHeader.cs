using System.Buffers.Binary;

namespace FrozenSeg.Pipeline.Foundation.Imaging.Png;

/// <summary>The signature and the IHDR chunk of a PNG (specification, sections 5.2 and 11.2.1).</summary>
internal static class PngHeader
{
    /// <summary>Signature, and the chunk with its length and checksum.</summary>
    public const int Length = 33;

    /// <summary>The first eight bytes of every PNG.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>Whether the file begins as a PNG does, with a size that is possible.</summary>
    public static bool IsPng(ReadOnlySpan<byte> encoded) =>
        encoded.Length >= Length
            && encoded.StartsWith(Signature)
            && encoded[12..].StartsWith("IHDR"u8)
            && Width(encoded) > 0
            && Height(encoded) > 0;

    /// <summary>Columns.</summary>
    public static int Width(ReadOnlySpan<byte> encoded) => BinaryPrimitives.ReadInt32BigEndian(encoded[16..]);

    /// <summary>Rows.</summary>
    public static int Height(ReadOnlySpan<byte> encoded) => BinaryPrimitives.ReadInt32BigEndian(encoded[20..]);

    /// <summary>Bits a sample.</summary>
    public static int BitDepth(ReadOnlySpan<byte> encoded) => encoded[24];

    /// <summary>Samples a pixel, 0 for a colour type that is not known.</summary>
    public static int Channels(ReadOnlySpan<byte> encoded) => encoded[25] switch
    {
        0 or 3 => 1,
        4 => 2,
        2 => 3,
        6 => 4,
        _ => 0,
    };

    /// <summary>Whether rows come in seven passes.</summary>
    public static bool IsInterlaced(ReadOnlySpan<byte> encoded) => encoded.Length >= Length && encoded[28] != 0;

    /// <summary>Bits a pixel.</summary>
    public static int BitsPerPixel(ReadOnlySpan<byte> encoded) => BitDepth(encoded) * Channels(encoded);
}
