using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Foundation.Imaging.Png;

/// <summary>Reads PNGs without interlacing (PNG specification, third edition).</summary>
internal static class PngRasterReader
{
    /// <param name="encoded">The whole file.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="limits">What it may cost.</param>
    /// <param name="pool">Where the rows' array is rented; null for an array of its own.</param>
    /// <exception cref="SegmentationProblemException">The file is not a valid PNG, is damaged, interlaced, or over a
    /// limit.</exception>
    public static Raster Read(ReadOnlySpan<byte> encoded, string name, ImageLimits limits, ArrayPool<byte>? pool = null)
    {
        if (!PngHeader.IsPng(encoded))
            throw encoded.StartsWith(PngHeader.Signature)
                ? DecodingProblems.Damaged(name, "its header is damaged")
                : Problem(name, "a label map is a PNG, and this file is not");
        int width = PngHeader.Width(encoded), height = PngHeader.Height(encoded);
        limits.CheckSize(width, height, name);

        int bitDepth = PngHeader.BitDepth(encoded), channels = PngHeader.Channels(encoded);
        if (channels == 0)
            throw DecodingProblems.Damaged(name, "unknown colour type");
        if (bitDepth is not (1 or 2 or 4 or 8 or 16))
            throw DecodingProblems.Damaged(name, $"{bitDepth} bits a sample");
        if (PngHeader.IsInterlaced(encoded))
            throw Problem(name, "interlaced label maps are not read");

        int stride = ((width * channels * bitDepth) + 7) / 8;
        byte[] packed = pool?.Rent(encoded.Length) ?? new byte[encoded.Length], rows;
        IReadOnlyList<Rgb> palette;
        try
        {
            (int length, palette) = ReadChunks(encoded, packed, name);
            rows = Inflate(packed, length, (stride + 1) * height, name, pool);
        }
        finally
        {
            pool?.Return(packed);
        }

        PngUnfilter.Run(rows, stride, height, Math.Max(1, channels * bitDepth / 8), name);
        return new Raster(width, height, bitDepth, channels, rows, palette);
    }

    // Gathers the parts of the packed rows; returns how long they are together.
    private static (int Length, IReadOnlyList<Rgb> Palette) ReadChunks(
        ReadOnlySpan<byte> file, byte[] packed, string name)
    {
        int written = 0;
        var palette = new List<Rgb>();
        ReadOnlySpan<byte> chunks = file[PngHeader.Signature.Length..];
        while (chunks.Length >= 12)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(chunks);
            if (length > chunks.Length - 12)
                throw DecodingProblems.Damaged(name, "a chunk runs past the end");
            ReadOnlySpan<byte> type = chunks.Slice(4, 4), body = chunks.Slice(8, (int)length);
            if (type.SequenceEqual("IDAT"u8))
            {
                body.CopyTo(packed.AsSpan(written));
                written += body.Length;
            }
            else if (type.SequenceEqual("PLTE"u8))
            {
                for (int i = 0; i + 2 < body.Length; i += 3)
                    palette.Add(new Rgb(body[i], body[i + 1], body[i + 2]));
            }
            else if (type.SequenceEqual("IEND"u8))
            {
                return (written, palette);
            }

            chunks = chunks[((int)length + 12)..];
        }

        throw DecodingProblems.Damaged(name, "the end is missing");
    }

    private static byte[] Inflate(byte[] packed, int packedLength, int length, string name, ArrayPool<byte>? pool)
    {
        try
        {
            using var stream = new ZLibStream(new MemoryStream(packed, 0, packedLength), CompressionMode.Decompress);
            byte[] bytes = pool?.Rent(length) ?? GC.AllocateUninitializedArray<byte>(length);
            stream.ReadExactly(bytes.AsSpan(0, length));
            return bytes;
        }
        catch (Exception failure) when (failure is InvalidDataException or EndOfStreamException)
        {
            throw DecodingProblems.Damaged(name, failure.Message, failure);
        }
    }

    private static SegmentationProblemException Problem(string name, string found) =>
        SegmentationProblem.InvalidImage(name, found, "Save it as a plain PNG");
}
