using System.Buffers.Binary;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Pipeline.Foundation.Imaging.Png;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Evaluation.Formats.Labels;

/// <summary>What the header of a PNG or a TIFF says, read without the pixels.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="BitDepth">Bits a sample.</param>
/// <param name="ColourType">The specification's number: 0 grey, 2 RGB, 3 palette, 4 and 6 with alpha.</param>
/// <param name="HasProfile">Whether a colour profile is embedded.</param>
internal sealed record RasterFacts(int Width, int Height, int BitDepth, int ColourType, bool HasProfile)
{
    private const byte PaletteType = 3;

    // Length, type and checksum of the empty chunk IEND.
    private const int EndBytes = 12;

    /// <summary>Whether its samples are indices of a palette.</summary>
    public bool HasPalette => ColourType == PaletteType;

    /// <summary>Whether a pixel is one sample.</summary>
    public bool IsSingleChannel => ColourType is 0 or PaletteType;

    /// <summary>Whether its samples are red, green and blue of 8 bits.</summary>
    public bool IsRgb => ColourType is 2 or 6 && BitDepth == 8;

    /// <summary>How a person would say it.</summary>
    public string Kind => $"{BitDepth}-bit " + ColourType switch
    {
        0 => "grey",
        2 => "RGB",
        PaletteType => "palette",
        4 => "grey with alpha",
        6 => "RGB with alpha",
        _ => $"colour type {ColourType}",
    };

    /// <summary>Reads the header and the names of the chunks before the pixels.</summary>
    /// <returns>Null when the file is missing or not a PNG, with the problem noted.</returns>
    public static RasterFacts? Read(string path, ProblemLog problems)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 512);
            Span<byte> head = stackalloc byte[33];
            if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length
                || !head.StartsWith(PngHeader.Signature) || !head[12..].StartsWith("IHDR"u8))
            {
                problems.Add(path, "it is not a valid PNG", "Save it as a PNG");
                return null;
            }

            bool hasProfile = FindsProfile(file);
            if (!HasEnd(file))
            {
                problems.Add(DecodingProblems.Damaged(path, "the end is missing"));
                return null;
            }

            return new RasterFacts(
                BinaryPrimitives.ReadInt32BigEndian(head[16..]),
                BinaryPrimitives.ReadInt32BigEndian(head[20..]),
                head[24],
                head[25],
                hasProfile);
        }
        catch (FileNotFoundException)
        {
            problems.Add(path, "the file is missing", "Write it, or take it out of the list");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problems.Add(
                SegmentationProblem.Storage(path, $"the file cannot be read ({failure.Message})", "Check the path"));
        }

        return null;
    }

    /// <summary>
    /// Notes a profile: a program that embedded it may have changed the samples, which are ids, not colours.
    /// </summary>
    public void RefuseProfile(string path, ProblemLog problems)
    {
        if (HasProfile)
            problems.Add(
                path,
                "it carries a colour profile, and its samples are labels, not colours",
                "Save it without the profile (iCCP)");
    }

    // The last chunk, or, where something was appended, a chunk on the way there.
    private static bool HasEnd(FileStream file)
    {
        Span<byte> chunk = stackalloc byte[EndBytes];
        file.Seek(-EndBytes, SeekOrigin.End);
        file.ReadExactly(chunk);
        if (chunk[4..].StartsWith("IEND"u8))
            return true;
        file.Seek(PngHeader.Signature.Length, SeekOrigin.Begin);
        while (file.ReadAtLeast(chunk[..8], 8, throwOnEndOfStream: false) == 8)
        {
            if (chunk[4..].StartsWith("IEND"u8))
                return true;
            file.Seek(BinaryPrimitives.ReadUInt32BigEndian(chunk) + 4L, SeekOrigin.Current);
        }

        return false;
    }

    private static bool FindsProfile(FileStream file)
    {
        Span<byte> chunk = stackalloc byte[8];
        while (file.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false) == chunk.Length)
        {
            ReadOnlySpan<byte> type = chunk[4..];
            if (type.SequenceEqual("iCCP"u8))
                return true;
            uint length = BinaryPrimitives.ReadUInt32BigEndian(chunk);
            if (type.SequenceEqual("IDAT"u8) || type.SequenceEqual("IEND"u8))
                return false;
            file.Seek(length + 4L, SeekOrigin.Current);
        }

        return false;
    }
}
