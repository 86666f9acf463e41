using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Foundation.Imaging;

/// <summary>
/// Enlarges small pictures before they are painted on, a whole number of times and pixel for pixel: outlines stay thin
/// and labels fit.
/// </summary>
internal static class OverlayMagnifier
{
    // Pictures with a side of 256 pixels are looked at as they are; smaller ones become about 384 pixels wide or high.
    private const int LargeEnough = 256, Wanted = 384, Most = 4;

    /// <summary>How many times a picture is enlarged, 1 to 4.</summary>
    public static int Factor(int width, int height)
    {
        int side = Math.Max(width, height);
        return side >= LargeEnough ? 1 : Math.Clamp((int)Math.Round((double)Wanted / side), 1, Most);
    }

    /// <summary>A picture whose every pixel became <paramref name="factor"/>² pixels.</summary>
    public static PixelImage Enlarge(PixelImage image, int factor)
    {
        var large = new PixelImage(image.Width * factor, image.Height * factor);
        for (int y = 0; y < large.Height; y++)
        {
            for (int x = 0; x < large.Width; x++)
                image.Pixel(x / factor, y / factor).CopyTo(large.Pixel(x, y));
        }

        return large;
    }

    /// <summary>The same for a mask.</summary>
    public static OverlayMask Enlarge(OverlayMask overlay, int factor)
    {
        BinaryMask mask = overlay.Mask.ToMask();
        var large = new BinaryMask(mask.Height * factor, mask.Width * factor);
        for (int y = 0; y < large.Height; y++)
        {
            for (int x = 0; x < large.Width; x++)
                large[y, x] = mask[y / factor, x / factor];
        }

        return overlay with { Mask = RunLengthEncoding.FromMask(large) };
    }
}
