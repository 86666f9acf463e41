using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn.VisualPrompts;

/// <summary>
/// Points at masks of one picture, to the byte as the released code does (car.md 6). What lies outside a mask looks the
/// same whatever the mask, so it is made once a picture. Safe for many callers.
/// </summary>
internal sealed class VisualPrompter
{
    private static readonly Rgb Red = new(255, 0, 0);

    private readonly PixelImage _image;
    private readonly PixelImage _outside;
    private readonly VisualPrompt _prompts;

    /// <param name="image">The picture; not changed.</param>
    /// <param name="prompts">What to do to it.</param>
    public VisualPrompter(PixelImage image, VisualPrompt prompts)
    {
        _image = image;
        _prompts = prompts;
        _outside = Outside(image, prompts);
    }

    /// <summary>The picture prompted with a soft proposal.</summary>
    /// <param name="proposal">float32, H×W, 0..1.</param>
    /// <param name="threshold">η: pixels above it are the mask.</param>
    /// <returns>
    /// A new picture; the picture itself when the proposal sums to 1 or less, or no pixel passes the threshold.
    /// </returns>
    public PixelImage Prompt(ReadOnlySpan<float> proposal, float threshold)
    {
        double sum = 0;
        var mask = new BinaryMask(_image.Height, _image.Width);
        Span<byte> pixels = mask.Pixels;
        for (int i = 0; i < proposal.Length; i++)
        {
            sum += proposal[i];
            pixels[i] = proposal[i] > threshold ? (byte)1 : (byte)0;
        }

        return sum <= 1 ? _image : Prompt(mask);
    }

    /// <summary>The picture prompted with a mask of its size.</summary>
    /// <returns>A new picture; the picture itself when the mask is empty.</returns>
    /// <exception cref="ArgumentException">The mask has another size.</exception>
    public PixelImage Prompt(BinaryMask mask)
    {
        if (mask.Height != _image.Height || mask.Width != _image.Width)
            throw new ArgumentException(
                $"A {mask.Height}×{mask.Width} mask does not fit a {_image.Height}×{_image.Width} picture.",
                nameof(mask));
        if (_prompts is VisualPrompt.None || MaskExtent.Of(mask) is not MaskExtent extent)
            return _image;

        PixelImage prompted = Compose(mask);
        if (_prompts.HasFlag(VisualPrompt.Circle))
            EllipseOutline.Draw(prompted, extent.CentreX, extent.CentreY, extent.Width / 2, extent.Height / 2, Red);
        if (_prompts.HasFlag(VisualPrompt.Rectangle))
            RectangleOutline.Draw(prompted, extent, Red);
        if (_prompts.HasFlag(VisualPrompt.Contour))
            MaskContour.Draw(prompted, mask, Red);
        return prompted;
    }

    private PixelImage Compose(BinaryMask mask)
    {
        PixelImage composed = _outside.Clone();
        ReadOnlySpan<byte> inside = mask.Pixels;
        for (int pixel = 0; pixel < inside.Length; pixel++)
        {
            if (inside[pixel] == 0)
                continue;
            int at = pixel * PixelImage.Channels;
            _image.Pixels.Slice(at, PixelImage.Channels).CopyTo(composed.Pixels[at..]);
        }

        return composed;
    }

    private static PixelImage Outside(PixelImage image, VisualPrompt prompts)
    {
        if (prompts.HasFlag(VisualPrompt.BackgroundMask))
            return new PixelImage(image.Width, image.Height);
        PixelImage outside = prompts.HasFlag(VisualPrompt.BackgroundBlur) ? GaussianBlur.Apply(image) : image;
        return prompts.HasFlag(VisualPrompt.BackgroundGray) ? Gray(outside) : outside;
    }

    // OpenCV's luminance in 15 bits. The released code hands it RGB where it expects BGR, so red has the weight of
    // blue.
    private static PixelImage Gray(PixelImage image)
    {
        const int Red = 3735, Green = 19235, Blue = 9798, Half = 1 << 14, Bits = 15;
        var gray = new PixelImage(image.Width, image.Height);
        ReadOnlySpan<byte> source = image.Pixels;
        Span<byte> target = gray.Pixels;
        for (int at = 0; at < source.Length; at += PixelImage.Channels)
        {
            int luminance = ((Red * source[at]) + (Green * source[at + 1]) + (Blue * source[at + 2]) + Half) >> Bits;
            target.Slice(at, PixelImage.Channels).Fill((byte)luminance);
        }

        return gray;
    }
}
