using System.Buffers.Binary;
using System.IO.Compression;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;

namespace FrozenSeg.Pipeline.Foundation.Imaging.Png;

/// <summary>
/// Whether the rows of a PNG are all there. Of an interlaced one they are counted before the library sees it: it would
/// wait for a missing row for ever.
/// </summary>
internal static class PngData
{
    private const int ChunkFrame = 12, CountedAtOnce = 1 << 16;

    // PNG specification, section 8.2: where each pass begins, and its steps.
    private static readonly (int Left, int Top, int StepX, int StepY)[] Adam7 =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <exception cref="Shared.Problems.SegmentationProblemException">The end of the file, or a row, is
    /// missing.</exception>
    public static void Check(ReadOnlySpan<byte> encoded, ImageHeader header, string name)
    {
        bool isInterlaced = PngHeader.IsInterlaced(encoded);
        using var packed = new MemoryStream();
        ReadOnlySpan<byte> chunks = encoded[PngHeader.Signature.Length..];
        while (chunks.Length >= ChunkFrame)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(chunks);
            if (length > chunks.Length - ChunkFrame)
                break;
            ReadOnlySpan<byte> type = chunks.Slice(4, 4);
            if (type.SequenceEqual("IEND"u8))
            {
                if (isInterlaced && Count(packed) < InterlacedBytes(header, PngHeader.BitsPerPixel(encoded)))
                    throw DecodingProblems.Damaged(name, "rows are missing");
                return;
            }

            if (isInterlaced && type.SequenceEqual("IDAT"u8))
                packed.Write(chunks.Slice(8, (int)length));
            chunks = chunks[(ChunkFrame + (int)length)..];
        }

        throw DecodingProblems.Damaged(name, "the end is missing");
    }

    private static long InterlacedBytes(ImageHeader header, int bitsPerPixel)
    {
        long bytes = 0;
        foreach ((int left, int top, int stepX, int stepY) in Adam7)
        {
            long columns = (header.Width - left + stepX - 1) / stepX, rows = (header.Height - top + stepY - 1) / stepY;
            if (columns > 0)
                bytes += rows * (1 + (((columns * bitsPerPixel) + 7) / 8));
        }

        return bytes;
    }

    private static long Count(MemoryStream packed)
    {
        packed.Position = 0;
        using var rows = new ZLibStream(packed, CompressionMode.Decompress);
        var buffer = new byte[CountedAtOnce];
        long count = 0;
        try
        {
            for (int read; (read = rows.Read(buffer)) > 0;)
                count += read;
        }
        catch (InvalidDataException)
        {
            // What could be unpacked is all there is.
        }

        return count;
    }
}
