using FrozenSeg.Pipeline.Foundation.Imaging.Text;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Foundation.Imaging;

/// <summary>
/// Paints masks over a picture for people to look at: a tint inside, and an outline that stands out on any ground
/// because it is lined with black or white, whichever is farther from the picture.
/// </summary>
public static class OverlayPainter
{
    private const double Tint = 0.4, Lining = 0.6;

    /// <summary>A copy of the picture with all masks on it, the first lowest, labels on top.</summary>
    public static PixelImage Paint(PixelImage image, IReadOnlyList<OverlayMask> masks)
    {
        PixelImage painted = image.Clone();
        foreach (OverlayMask mask in masks)
            Paint(painted, image, mask.Mask.ToMask(), mask.Colour);
        foreach (OverlayMask mask in masks.Where(mask => mask.Label.Length > 0 && mask.Mask.Area > 0))
            PaintLabel(painted, mask);
        return painted;
    }

    /// <summary>As <see cref="Paint(PixelImage, IReadOnlyList{OverlayMask})"/>, for people to look at: a picture below 256 pixels is enlarged first.</summary>
    public static PixelImage PaintLegibly(PixelImage image, IReadOnlyList<OverlayMask> masks)
    {
        int factor = OverlayMagnifier.Factor(image.Width, image.Height);
        return factor == 1
            ? Paint(image, masks)
            : Paint(OverlayMagnifier.Enlarge(image, factor), [.. masks.Select(mask => OverlayMagnifier.Enlarge(mask, factor))]);
    }

    /// <summary>Masks in an order that hides none: the largest first, each with a colour of its own.</summary>
    public static IReadOnlyList<OverlayMask> Coloured(IEnumerable<RunLengthEncoding> masks) =>
        [.. masks.OrderByDescending(mask => mask.Area).Select((mask, i) => new OverlayMask(mask, Palette.Colour(i)))];

    /// <summary>Mixes a colour into a pixel.</summary>
    /// <param name="pixel">Red, green, blue.</param>
    /// <param name="colour">What to mix in.</param>
    /// <param name="opacity">0 leaves the pixel, 1 replaces it.</param>
    internal static void Blend(Span<byte> pixel, Rgb colour, double opacity)
    {
        pixel[0] = (byte)(pixel[0] + (opacity * (colour.Red - pixel[0])));
        pixel[1] = (byte)(pixel[1] + (opacity * (colour.Green - pixel[1])));
        pixel[2] = (byte)(pixel[2] + (opacity * (colour.Blue - pixel[2])));
    }

    private static void Paint(PixelImage painted, PixelImage image, BinaryMask mask, Rgb colour)
    {
        for (int y = 0; y < mask.Height; y++)
        {
            ReadOnlySpan<byte> row = mask.Row(y);
            for (int x = row.IndexOf((byte)1); x >= 0 && x < row.Length; x++)
            {
                if (row[x] == 0)
                    continue;
                Span<byte> pixel = painted.Pixel(x, y);
                switch (DistanceToEdge(mask, x, y))
                {
                    case 0:
                        Blend(pixel, colour, 1);
                        break;
                    case 1:
                        Blend(pixel, Contrast(image.Pixel(x, y)), Lining);
                        break;
                    default:
                        Blend(pixel, colour, Tint);
                        break;
                }
            }
        }
    }

    // 0 for a pixel with an outside neighbour, 1 next to such a pixel, 2 inside. The picture's border is no edge.
    private static int DistanceToEdge(BinaryMask mask, int x, int y)
    {
        for (int distance = 1; distance <= 2; distance++)
        {
            bool inside = IsSet(mask, x - distance, y) && IsSet(mask, x + distance, y)
                && IsSet(mask, x, y - distance) && IsSet(mask, x, y + distance);
            if (!inside)
                return distance - 1;
        }

        return 2;
    }

    private static bool IsSet(BinaryMask mask, int x, int y) =>
        x < 0 || y < 0 || x >= mask.Width || y >= mask.Height || mask[y, x];

    private static Rgb Contrast(ReadOnlySpan<byte> pixel) =>
        new Rgb(pixel[0], pixel[1], pixel[2]).IsBright ? Rgb.Black : Rgb.White;

    private static void PaintLabel(PixelImage painted, OverlayMask mask)
    {
        GlyphAtlas atlas = TextPainter.AtlasFor(painted.Width, painted.Height);
        (int width, int height) = TextPainter.Measure(atlas, mask.Label);
        (int x, int y) = LabelPlace.Inside(mask.Mask.ToMask());
        TextPainter.PaintPlate(painted, atlas, x - (width / 2), y - (height / 2), mask.Label, mask.Colour);
    }
}
