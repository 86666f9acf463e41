using System.Buffers.Binary;
using FrozenSeg.Pipeline.Foundation.Imaging.Png;

namespace FrozenSeg.Pipeline.Foundation.Imaging.Codecs;

/// <summary>
/// Refuses files that are cut short: the library fills what is missing with black or grey and says nothing.
/// </summary>
internal static class FileEnding
{
    private const byte Marker = 0xff, EndOfImage = 0xd9, StartOfScan = 0xda;

    /// <exception cref="Shared.Problems.SegmentationProblemException">The file is cut short.</exception>
    public static void Check(ReadOnlySpan<byte> encoded, ImageHeader header, string name)
    {
        switch (header.Format)
        {
            case ImageFormat.Png:
                PngData.Check(encoded, header, name);
                break;
            case ImageFormat.WebP when BinaryPrimitives.ReadUInt32LittleEndian(encoded[4..]) + 8L > encoded.Length:
                throw DecodingProblems.Damaged(name, "the end is missing");
            default:
                break;
        }
    }

    /// <summary>Whether a JPEG's end marker is there: behind the last scan, for a thumbnail has one too.</summary>
    public static bool HasJpegEnd(ReadOnlySpan<byte> encoded) =>
        encoded.LastIndexOf([Marker, EndOfImage]) > encoded.LastIndexOf([Marker, StartOfScan]);

    /// <summary>A JPEG without its end marker, with something behind its last byte, and the marker.</summary>
    public static byte[] CompleteJpeg(ReadOnlySpan<byte> encoded, int fillers)
    {
        if (encoded[^1] == Marker)
            encoded = encoded[..^1];
        return [.. encoded, .. Enumerable.Repeat((byte)0x55, fillers), Marker, EndOfImage];
    }
}
