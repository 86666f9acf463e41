using System.Diagnostics.CodeAnalysis;
using FrozenSeg.Pipeline.Foundation.Imaging.Headers;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Foundation.Imaging;

/// <summary>What a picture says of itself before a pixel is decoded.</summary>
/// <param name="Format">File format, by signature; the file's name plays no part.</param>
/// <param name="Width">Stored columns, before orientation.</param>
/// <param name="Height">Stored rows, before orientation.</param>
/// <param name="Orientation">How to turn the stored pixels for viewing.</param>
public sealed record ImageHeader(ImageFormat Format, int Width, int Height, ExifOrientation Orientation)
{
    /// <summary>Whether viewing swaps rows and columns.</summary>
    public bool IsTransposed => Orientation >= ExifOrientation.LeftTop;

    /// <summary>Columns as seen.</summary>
    public int OrientedWidth => IsTransposed ? Height : Width;

    /// <summary>Rows as seen.</summary>
    public int OrientedHeight => IsTransposed ? Width : Height;

    /// <summary>Reads the header of an encoded picture.</summary>
    /// <param name="encoded">The file's bytes; the header's part is enough.</param>
    /// <param name="name">What to call the picture in messages.</param>
    /// <exception cref="SegmentationProblemException">Not a PNG, JPEG or WebP, or its header is damaged.</exception>
    public static ImageHeader Read(ReadOnlySpan<byte> encoded, string name)
    {
        if (encoded.IsEmpty)
            throw Problem(name, "the file is empty").ToException();
        if (!TrySniff(encoded, out ImageFormat? format))
            throw Problem(name, "neither a PNG nor a JPEG nor a WebP by its first bytes").ToException();

        ImageHeader? header = format switch
        {
            ImageFormat.Png => PngHeader.Read(encoded),
            ImageFormat.Jpeg => JpegHeader.Read(encoded),
            _ => WebPHeader.Read(encoded),
        };
        return header ?? throw Problem(name, $"the {format} header is damaged or cut short").ToException();
    }

    private static bool TrySniff(ReadOnlySpan<byte> encoded, [NotNullWhen(true)] out ImageFormat? format)
    {
        format = encoded switch
        {
            _ when encoded.StartsWith(PngHeader.Signature) => ImageFormat.Png,
            _ when encoded.StartsWith(JpegHeader.Signature) => ImageFormat.Jpeg,
            _ when WebPHeader.IsWebP(encoded) => ImageFormat.WebP,
            _ => null,
        };
        return format is not null;
    }

    private static SegmentationProblem Problem(string name, string found) =>
        new(ProblemKind.InvalidImage, name, found, "Give an intact PNG, JPEG or WebP");
}
