using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;
using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Families.Sam.Encoding;

/// <summary>
/// From pixels to SAM's input (sam.md 1): longest side to S with Pillow's bilinear filter, normalise, pad right and
/// bottom with zeros.
/// </summary>
internal static class SamPreprocessing
{
    /// <summary>Mean of red, green and blue, 0..255.</summary>
    public static readonly float[] Mean = [123.675f, 116.28f, 103.53f];

    /// <summary>Standard deviation of red, green and blue, 0..255.</summary>
    public static readonly float[] StandardDeviation = [58.395f, 57.12f, 57.375f];

    /// <returns>The picture with its longest side S, and how it was resized.</returns>
    public static (PixelImage Resized, ResizeTransform Transform) Resize(PixelImage image, int imageSize)
    {
        ResizeTransform transform = ResizeTransform.LongestSide(image.Width, image.Height, imageSize);
        return (
            ImageResizer.Resize(image, transform.NewWidth, transform.NewHeight, ResampleFilter.Bilinear), transform);
    }

    /// <returns><c>[1, 3, S, S]</c>, and how the picture was resized.</returns>
    public static (TensorBuffer<float> Input, ResizeTransform Transform) Apply(PixelImage image, int imageSize)
    {
        (PixelImage resized, ResizeTransform transform) = Resize(image, imageSize);
        var input = new TensorBuffer<float>(1, PixelImage.Channels, imageSize, imageSize);
        PixelNormaliser.Write(resized, Mean, StandardDeviation, input.Span, imageSize, imageSize);
        return (input, transform);
    }
}
