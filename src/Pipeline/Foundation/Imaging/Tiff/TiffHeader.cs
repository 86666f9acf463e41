using System.Buffers.Binary;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Foundation.Imaging.Tiff;

/// <summary>
/// The first directory of a TIFF (TIFF 6.0, section 2), as far as label maps need it: ADE20K-847 and Pascal Context 459
/// are published as 16-bit grey TIFFs.
/// </summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="BitDepth">Bits a sample.</param>
/// <param name="Samples">Samples a pixel.</param>
/// <param name="Photometric">0 white is zero, 1 black is zero, 2 RGB, 3 palette.</param>
/// <param name="Compression">1 none, 5 LZW, 8 and 32946 deflate.</param>
/// <param name="Predictor">1 none, 2 difference to the pixel on the left.</param>
/// <param name="IsLittleEndian">Byte order of everything, samples included.</param>
/// <param name="RowsPerStrip">Rows of each strip but the last.</param>
/// <param name="StripOffsets">Where strips begin; empty for tiles.</param>
/// <param name="StripLengths">Their bytes.</param>
/// <param name="HasProfile">Whether a colour profile is embedded.</param>
internal sealed record TiffHeader(
    int Width,
    int Height,
    int BitDepth,
    int Samples,
    int Photometric,
    int Compression,
    int Predictor,
    bool IsLittleEndian,
    int RowsPerStrip,
    IReadOnlyList<long> StripOffsets,
    IReadOnlyList<long> StripLengths,
    bool HasProfile)
{
    private const ushort WidthTag = 256,
    HeightTag = 257,
    BitsTag = 258,
    CompressionTag = 259,
    PhotometricTag = 262,
    OffsetsTag = 273,
        SamplesTag = 277, RowsTag = 278, LengthsTag = 279, PredictorTag = 317, ProfileTag = 34675;

    private const string Remedy = "Give an intact TIFF";

    private const int EntryBytes = 12, MostStrips = 1_000_000;

    /// <summary>Whether a file begins as a TIFF does.</summary>
    public static bool IsTiff(ReadOnlySpan<byte> file) => file.StartsWith("II*\0"u8) || file.StartsWith("MM\0*"u8);

    /// <summary>Reads the directory.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="SegmentationProblemException">The file is not a valid TIFF, or is damaged.</exception>
    public static TiffHeader Read(Stream file, string name)
    {
        try
        {
            Span<byte> head = stackalloc byte[8];
            file.ReadExactly(head);
            if (!IsTiff(head))
                throw DecodingProblems.Damaged(name, "it does not begin as a TIFF", remedy: Remedy);
            bool little = head[0] == 'I';
            Dictionary<ushort, long[]> tags = Directory(file, UInt32(head[4..], little), little);
            return Of(tags, little, name);
        }
        catch (Exception failure) when (
            failure is EndOfStreamException or IOException or OverflowException or ArgumentException)
        {
            throw DecodingProblems.Damaged(name, failure.Message, failure, Remedy);
        }
    }

    private static TiffHeader Of(Dictionary<ushort, long[]> tags, bool little, string name)
    {
        int width = Single(WidthTag, 0), height = Single(HeightTag, 0);
        if (width <= 0 || height <= 0)
            throw DecodingProblems.Damaged(name, "it has no width and height", remedy: Remedy);
        return new TiffHeader(
            width,
            height,
            Single(BitsTag, 1),
            Single(SamplesTag, 1),
            Single(PhotometricTag, 1),
            Single(CompressionTag, 1),
            Single(PredictorTag, 1),
            little,
            Math.Min(height, Single(RowsTag, height)),
            tags.GetValueOrDefault(OffsetsTag, []),
            tags.GetValueOrDefault(LengthsTag, []),
            tags.ContainsKey(ProfileTag));

        int Single(ushort tag, int missing) => tags.TryGetValue(tag, out long[]? values) && values.Length > 0
            ? (int)Math.Min(values[0], int.MaxValue)
            : missing;
    }

    private static Dictionary<ushort, long[]> Directory(Stream file, long offset, bool little)
    {
        file.Position = offset;
        Span<byte> count = stackalloc byte[2];
        file.ReadExactly(count);
        var entries = new byte[UInt16(count, little) * EntryBytes];
        file.ReadExactly(entries);
        var tags = new Dictionary<ushort, long[]>();
        for (int at = 0; at < entries.Length; at += EntryBytes)
        {
            ReadOnlySpan<byte> entry = entries.AsSpan(at, EntryBytes);
            ushort tag = UInt16(entry, little);
            // Other tags may be of any type and size.
            if (tag is WidthTag
                or HeightTag
                or BitsTag
                or CompressionTag
                or PhotometricTag
                or OffsetsTag
                or SamplesTag
                or RowsTag
                or LengthsTag
                or PredictorTag)
                tags[tag] = Values(file, entry, little);
            else if (tag == ProfileTag)
                tags[tag] = [];
        }

        return tags;
    }

    // Up to four bytes lie in the entry itself, more where it points to.
    private static long[] Values(Stream file, ReadOnlySpan<byte> entry, bool little)
    {
        int size = UInt16(entry[2..], little) switch
        {
            1 => 1,
            3 => 2,
            4 => 4,
            var type => throw new ArgumentException($"a number is of type {type}"),
        };
        int count = checked((int)UInt32(entry[4..], little));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MostStrips);
        var bytes = new byte[size * count];
        if (bytes.Length <= 4)
        {
            entry.Slice(8, bytes.Length).CopyTo(bytes);
        }
        else
        {
            file.Position = UInt32(entry[8..], little);
            file.ReadExactly(bytes);
        }

        var values = new long[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> value = bytes.AsSpan(i * size, size);
            values[i] = size switch { 1 => value[0], 2 => UInt16(value, little), _ => UInt32(value, little) };
        }

        return values;
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
