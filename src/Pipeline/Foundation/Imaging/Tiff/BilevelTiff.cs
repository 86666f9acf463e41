using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Pipeline.Foundation.Imaging.Large;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Foundation.Imaging.Tiff;

/// <summary>
/// TIFFs of black and white, as scanners write them, by LibTiff: ImageSharp takes those of fax compressions for
/// negatives where black is zero, and wants a tag that TIFF 6.0 (section 3) lets them leave out.
/// </summary>
internal static class BilevelTiff
{
    /// <summary>What such a file says of itself; null for every other file, damaged ones included.</summary>
    public static ImageHeader? ReadHeader(ReadOnlySpan<byte> encoded, string name)
    {
        if (!TiffHeader.IsTiff(encoded))
            return null;
        try
        {
            TiffHeader header = EncodedStream.Read(encoded, stream => TiffHeader.Read(stream, name));
            return header is { BitDepth: 1, Samples: 1 }
                ? new ImageHeader(ImageFormat.Tiff, header.Width, header.Height, ExifReader.Orientation(encoded))
                : null;
        }
        catch (SegmentationProblemException)
        {
            return null;
        }
    }

    /// <summary>Decodes such a file to RGB, as stored (no orientation).</summary>
    /// <exception cref="SegmentationProblemException">The file is damaged or cut short.</exception>
    public static PixelImage Decode(ReadOnlySpan<byte> encoded, string name) => EncodedStream.Read(encoded, stream =>
    {
        using TiffRows rows = TiffRows.OpenAsStored(stream, name);
        var pixels = new PixelImage(rows.Width, rows.Height);
        rows.Read(pixels.Pixels);
        return pixels;
    });
}
