using System.Buffers.Binary;
using System.IO.Compression;
using FrozenSeg.Pipeline.Imaging.Codecs;
using FrozenSeg.Pipeline.Imaging.Headers;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Imaging.Png;

/// <summary>Reads PNGs without interlacing (PNG specification, third edition).</summary>
internal static class PngRasterReader
{
    private const byte GreyType = 0, RgbType = 2, PaletteType = 3, GreyAlphaType = 4, RgbAlphaType = 6;

    /// <param name="encoded">The whole file.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="limits">What it may cost.</param>
    /// <exception cref="SegmentationProblemException">The file is no PNG, is damaged, interlaced, or over a limit.</exception>
    public static PngRaster Read(ReadOnlySpan<byte> encoded, string name, ImageLimits limits)
    {
        ImageHeader header = ImageHeader.Read(encoded, name);
        if (header.Format is not ImageFormat.Png)
            throw Problem(name, $"a label map is a PNG, and this is a {header.Format}");
        limits.CheckSize(header, name);

        int bitDepth = encoded[24], channels = Channels(encoded[25]) ?? throw DecodingProblems.Damaged(name, "unknown colour type");
        if (bitDepth is not (1 or 2 or 4 or 8 or 16))
            throw DecodingProblems.Damaged(name, $"{bitDepth} bits a sample");
        if (encoded[28] != 0)
            throw Problem(name, "interlaced label maps are not read");

        (byte[] packed, IReadOnlyList<Rgb> palette) = ReadChunks(encoded[PngHeader.Signature.Length..], name);
        int stride = ((header.Width * channels * bitDepth) + 7) / 8;
        byte[] filtered = Inflate(packed, (stride + 1) * header.Height, name);
        byte[] rows = Unfilter(filtered, stride, header.Height, Math.Max(1, channels * bitDepth / 8), name);
        return new PngRaster(header.Width, header.Height, bitDepth, channels, rows, palette);
    }

    private static int? Channels(byte colourType) => colourType switch
    {
        GreyType or PaletteType => 1,
        GreyAlphaType => 2,
        RgbType => 3,
        RgbAlphaType => 4,
        _ => null,
    };

    private static (byte[] Packed, IReadOnlyList<Rgb> Palette) ReadChunks(ReadOnlySpan<byte> chunks, string name)
    {
        using var packed = new MemoryStream();
        var palette = new List<Rgb>();
        while (chunks.Length >= 12)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(chunks);
            if (length > chunks.Length - 12)
                throw DecodingProblems.Damaged(name, "a chunk runs past the end");
            ReadOnlySpan<byte> type = chunks.Slice(4, 4), body = chunks.Slice(8, (int)length);
            if (type.SequenceEqual("IDAT"u8))
                packed.Write(body);
            else if (type.SequenceEqual("PLTE"u8))
                for (int i = 0; i + 2 < body.Length; i += 3)
                    palette.Add(new Rgb(body[i], body[i + 1], body[i + 2]));
            else if (type.SequenceEqual("IEND"u8))
                return (packed.ToArray(), palette);
            chunks = chunks[((int)length + 12)..];
        }

        throw DecodingProblems.Damaged(name, "the end is missing");
    }

    private static byte[] Inflate(byte[] packed, int length, string name)
    {
        try
        {
            using var stream = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
            var bytes = new byte[length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception failure) when (failure is InvalidDataException or EndOfStreamException)
        {
            throw DecodingProblems.Damaged(name, failure.Message, failure);
        }
    }

    private static byte[] Unfilter(byte[] filtered, int stride, int height, int pixel, string name)
    {
        var rows = new byte[stride * height];
        ReadOnlySpan<byte> above = new byte[stride];
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> source = filtered.AsSpan((y * (stride + 1)) + 1, stride);
            Span<byte> row = rows.AsSpan(y * stride, stride);
            source.CopyTo(row);
            byte filter = filtered[y * (stride + 1)];
            if (filter > 4)
                throw DecodingProblems.Damaged(name, $"row {y} has the unknown filter {filter}");
            Unfilter(row, above, pixel, filter);
            above = row;
        }

        return rows;
    }

    private static void Unfilter(Span<byte> row, ReadOnlySpan<byte> above, int pixel, byte filter)
    {
        for (int i = 0; filter != 0 && i < row.Length; i++)
        {
            int left = i < pixel ? 0 : row[i - pixel], corner = i < pixel ? 0 : above[i - pixel];
            row[i] += (byte)(filter switch
            {
                1 => left,
                2 => above[i],
                3 => (left + above[i]) / 2,
                _ => Paeth(left, above[i], corner),
            });
        }
    }

    private static int Paeth(int left, int above, int corner)
    {
        int estimate = left + above - corner;
        int toLeft = Math.Abs(estimate - left), toAbove = Math.Abs(estimate - above), toCorner = Math.Abs(estimate - corner);
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }

    private static SegmentationProblemException Problem(string name, string found) =>
        new SegmentationProblem(ProblemKind.InvalidImage, name, found, "Save it as a plain PNG").ToException();
}
