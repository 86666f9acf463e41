using System.IO.Compression;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Foundation.Imaging.Tiff;

/// <summary>
/// Reads label maps that are TIFFs: one sample of 8 or 16 bits a pixel, in strips, without compression, with LZW or
/// with deflate. Samples come out as they are stored, 16-bit ones with the high byte first, as in a PNG.
/// </summary>
internal static class TiffRasterReader
{
    private const int Uncompressed = 1, Lzw = 5, Deflate = 8, OldDeflate = 32946, WhiteIsZero = 0, Differences = 2;

    /// <param name="encoded">The whole file.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="limits">What it may cost.</param>
    /// <exception cref="SegmentationProblemException">The file is damaged, of another kind, or over a
    /// limit.</exception>
    public static Raster Read(byte[] encoded, string name, ImageLimits limits)
    {
        TiffHeader header = TiffHeader.Read(new MemoryStream(encoded, writable: false), name);
        limits.CheckSize(header.Width, header.Height, name);
        if (header is not { Samples: 1, BitDepth: 8 or 16, Predictor: 1 or Differences }
            || header.Photometric == WhiteIsZero
            || header.StripOffsets.Count == 0)
            throw Problem(
                name, "label maps in TIFF have one sample of 8 or 16 bits a pixel, 0 is black, and they lie in strips");
        int bytes = header.BitDepth / 8, stride = header.Width * bytes;
        var rows = new byte[stride * header.Height];
        int strips = (header.Height + header.RowsPerStrip - 1) / Math.Max(1, header.RowsPerStrip);
        if (header.RowsPerStrip < 1 || header.StripOffsets.Count < strips || header.StripLengths.Count < strips)
            throw Damaged(name, "strips are missing");
        for (int strip = 0; strip < strips; strip++)
        {
            int first = strip * header.RowsPerStrip, count = Math.Min(header.RowsPerStrip, header.Height - first);
            long offset = header.StripOffsets[strip], length = header.StripLengths[strip];
            if (offset + length > encoded.Length)
                throw Damaged(name, "a strip runs past the end");
            Unpack(
                header.Compression,
                encoded.AsMemory((int)offset, (int)length),
                rows.AsSpan(first * stride, count * stride),
                name);
        }

        // Samples are put together in the file's byte order before differences are added up.
        if (header.IsLittleEndian && bytes == 2)
            SwapBytes(rows);
        if (header.Predictor == Differences)
            AddUp(rows, stride, bytes);
        return new Raster(header.Width, header.Height, header.BitDepth, 1, rows, []);
    }

    private static void Unpack(int compression, ReadOnlyMemory<byte> packed, Span<byte> rows, string name)
    {
        switch (compression)
        {
            case Uncompressed when packed.Length >= rows.Length:
                packed.Span[..rows.Length].CopyTo(rows);
                break;
            case Uncompressed:
                throw Damaged(name, "a strip is too short");
            case Lzw:
                if (TiffLzw.Unpack(packed.Span, rows) < rows.Length)
                    throw Damaged(name, "a strip is too short");
                break;
            case Deflate or OldDeflate:
                Inflate(packed, rows, name);
                break;
            default:
                throw Problem(name, $"it is compressed in a way that is not read ({compression})");
        }
    }

    private static void Inflate(ReadOnlyMemory<byte> packed, Span<byte> rows, string name)
    {
        try
        {
            using var stream = new ZLibStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
            stream.ReadExactly(rows);
        }
        catch (Exception failure) when (failure is InvalidDataException or EndOfStreamException)
        {
            throw Damaged(name, failure.Message, failure);
        }
    }

    private static void SwapBytes(Span<byte> rows)
    {
        for (int at = 0; at + 1 < rows.Length; at += 2)
            (rows[at], rows[at + 1]) = (rows[at + 1], rows[at]);
    }

    private static void AddUp(Span<byte> rows, int stride, int bytes)
    {
        for (int row = 0; row < rows.Length; row += stride)
        {
            for (int at = row + bytes; at < row + stride; at += bytes)
            {
                if (bytes == 1)
                {
                    rows[at] += rows[at - 1];
                    continue;
                }

                int sum = (rows[at] << 8) + rows[at + 1] + (rows[at - 2] << 8) + rows[at - 1];
                (rows[at], rows[at + 1]) = ((byte)(sum >> 8), (byte)sum);
            }
        }
    }

    private static SegmentationProblemException Damaged(string name, string reason, Exception? cause = null) =>
        DecodingProblems.Damaged(name, reason, cause, "Give an intact TIFF");

    private static SegmentationProblemException Problem(string name, string found) =>
        SegmentationProblem.InvalidImage(name, found, "Save it as a plain TIFF or PNG");
}
