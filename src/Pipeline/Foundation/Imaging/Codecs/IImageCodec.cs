using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Foundation.Imaging.Codecs;

/// <summary>
/// Bytes to pixels and back, through a library. Safe for many callers at once. Callers check
/// <see cref="ImageLimits"/> and apply orientation; <see cref="ImageReader"/> does both.
/// </summary>
public interface IImageCodec
{
    /// <summary>The library and its version, for reports.</summary>
    string Name { get; }

    /// <summary>
    /// Decodes to RGB, as stored (no orientation): grey, palette, 16-bit and CMYK are converted, alpha is laid over
    /// white, of an animation the first frame is taken.
    /// </summary>
    /// <param name="encoded">A whole PNG, JPEG or WebP file.</param>
    /// <param name="name">What to call the picture in messages.</param>
    /// <exception cref="SegmentationProblemException">The file is damaged or cut short.</exception>
    PixelImage Decode(ReadOnlySpan<byte> encoded, string name);

    /// <summary>Encodes as an RGB PNG.</summary>
    byte[] EncodePng(PixelImage image);
}
