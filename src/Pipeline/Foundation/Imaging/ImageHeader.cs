using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Foundation.Imaging;

/// <summary>What a picture says of itself before a pixel is decoded.</summary>
/// <param name="Format">File format, by signature; the file's name plays no part.</param>
/// <param name="Width">Stored columns, before orientation.</param>
/// <param name="Height">Stored rows, before orientation.</param>
/// <param name="Orientation">How to turn the stored pixels for viewing.</param>
internal sealed record ImageHeader(ImageFormat Format, int Width, int Height, ExifOrientation Orientation)
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
    /// <exception cref="SegmentationProblemException">Not a picture that is read, or its header is damaged.</exception>
    public static ImageHeader Read(ReadOnlySpan<byte> encoded, string name) => ImageCodec.ReadHeader(encoded, name);
}
