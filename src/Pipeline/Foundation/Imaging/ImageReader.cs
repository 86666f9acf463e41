using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Foundation.Imaging;

/// <summary>The one way from a file to pixels: length, header, size, decode, orient.</summary>
/// <param name="limits">What a picture may cost.</param>
internal sealed class ImageReader(ImageLimits limits)
{
    /// <summary>A reader with the default limits.</summary>
    public static ImageReader CreateDefault() => new(ImageLimits.Default);

    /// <summary>Reads a picture from a file.</summary>
    /// <exception cref="SegmentationProblemException">The file is missing, unreadable, over a limit, or
    /// damaged.</exception>
    public PixelImage ReadFile(string path)
    {
        return Read(Load(path), Path.GetFileName(path));
    }

    /// <summary>Reads and describes a picture from a file.</summary>
    /// <exception cref="SegmentationProblemException">The file is missing, unreadable, over a limit, or
    /// damaged.</exception>
    public Picture ReadPicture(string path) => Picture.Read(this, Load(path), Path.GetFileName(path));

    /// <summary>The bytes of a file that is not too long.</summary>
    /// <exception cref="SegmentationProblemException">The file is missing, unreadable or over the limit.</exception>
    private byte[] Load(string path)
    {
        try
        {
            limits.CheckLength(new FileInfo(path).Length, Path.GetFileName(path));
            return BoundedFile.Read(path, limits.MaxBytes) ?? throw SegmentationProblem.InvalidImage(
                Path.GetFileName(path),
                $"it goes on after the {limits.MaxBytes:N0} bytes that are allowed",
                "Compress or shrink the picture");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw SegmentationProblem.Storage(
                path, "the picture cannot be read", $"Check the path ({failure.Message})", failure);
        }
    }

    /// <summary>Reads a picture from memory.</summary>
    /// <param name="encoded">The whole file.</param>
    /// <param name="name">What to call the picture in messages.</param>
    /// <exception cref="SegmentationProblemException">The picture is over a limit or damaged.</exception>
    public PixelImage Read(ReadOnlySpan<byte> encoded, string name) => Read(encoded, name, out _);

    /// <inheritdoc cref="Read(ReadOnlySpan{byte}, string)"/>
    /// <param name="encoded">The whole file.</param>
    /// <param name="name">What to call the picture in messages.</param>
    /// <param name="header">What the picture said of itself.</param>
    internal PixelImage Read(ReadOnlySpan<byte> encoded, string name, out ImageHeader header)
    {
        limits.CheckLength(encoded.Length, name);
        header = ImageHeader.Read(encoded, name);
        limits.CheckSize(header, name);
        PixelImage stored = ImageCodec.Decode(encoded, header, name);
        if (stored.Width != header.Width || stored.Height != header.Height)
            throw DecodingProblems.Damaged(name, "its pixels do not match its header");
        return stored.Orient(header.Orientation);
    }
}
