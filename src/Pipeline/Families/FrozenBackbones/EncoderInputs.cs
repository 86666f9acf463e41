using FrozenSeg.Pipeline.Families.FrozenBackbones.Configuration;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Pixels;
using FrozenSeg.Pipeline.Families.Sam.Encoding;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;
using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones;

/// <summary>A picture as the two encoders take it (frozenseg.md 1). The caller disposes it.</summary>
internal sealed class EncoderInputs : IDisposable
{
    private EncoderInputs(PixelImage original, PixelImage resized, TensorBuffer<float> clip)
    {
        Resized = resized;
        Clip = clip;
        Height = original.Height;
        Width = original.Width;
    }

    /// <summary>The resized picture.</summary>
    public PixelImage Resized { get; }

    /// <summary>CLIP's input <c>[1, 3, H, W]</c>, padded with zeros after normalising.</summary>
    public TensorBuffer<float> Clip { get; }

    private int Height { get; }

    private int Width { get; }

    /// <summary>Resizes and normalises a picture.</summary>
    public static EncoderInputs From(PixelImage image, FrozenSegInputOptions options)
    {
        ResizeTransform size = ResizeTransform.ShortestSide(
            image.Width, image.Height, options.MinSize, options.MaxSize);
        PixelImage resized = ImageResizer.Resize(image, size.NewWidth, size.NewHeight, ResampleFilter.Bilinear);
        return new EncoderInputs(
            image,
            resized,
            Normalised(resized, [.. options.Mean], [.. options.StandardDeviation], options.Divisibility));
    }

    /// <summary>
    /// SAM's input <c>[1, 3, S, S]</c>: the resized picture, normalised, padded, and stretched whatever its
    /// proportions.
    /// </summary>
    /// <param name="imageSize">S.</param>
    /// <param name="divisibility">What the picture is padded to a multiple of.</param>
    public TensorBuffer<float> ForSam(int imageSize, int divisibility)
    {
        using TensorBuffer<float> padded = Normalised(
            Resized, SamPreprocessing.Mean, SamPreprocessing.StandardDeviation, divisibility);
        int height = padded.Shape[2], width = padded.Shape[3];
        var input = new TensorBuffer<float>(1, PixelImage.Channels, imageSize, imageSize);
        Parallel.For(0, PixelImage.Channels, channel => PlaneResizer.Resize(
            padded.Span.Slice(channel * height * width, height * width),
            height,
            width,
            input.Span.Slice(channel * imageSize * imageSize, imageSize * imageSize),
            imageSize,
            imageSize));
        return input;
    }

    /// <summary>The sizes that masks of this picture pass through.</summary>
    /// <param name="masks"><c>[Q, h, w]</c>.</param>
    public InferenceFrame Frame(TensorShape masks) => new(
        masks[1], masks[2], Clip.Shape[2], Clip.Shape[3], Resized.Height, Resized.Width, Height, Width);

    /// <inheritdoc/>
    public void Dispose() => Clip.Dispose();

    private static TensorBuffer<float> Normalised(PixelImage image, float[] mean, float[] deviation, int divisibility)
    {
        int height = RoundUp(image.Height, divisibility), width = RoundUp(image.Width, divisibility);
        var planes = new TensorBuffer<float>(1, PixelImage.Channels, height, width);
        PixelNormaliser.Write(image, mean, deviation, planes.Span, height, width);
        return planes;
    }

    private static int RoundUp(int size, int multiple) => (size + multiple - 1) / multiple * multiple;
}
