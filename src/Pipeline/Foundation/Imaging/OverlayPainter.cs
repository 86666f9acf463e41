using FrozenSeg.Pipeline.Foundation.Imaging.Text;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Foundation.Imaging;

/// <summary>
/// Paints masks over a picture for people to look at: a tint inside, and an outline one pixel wide that stands out on
/// any ground because it leans to black or white, whichever is farther from the picture. A pixel of several masks is
/// the uppermost's alone: tints on tints would be mud.
/// </summary>
internal static class OverlayPainter
{
    private const double Tint = 0.4, Lean = 0.35;

    // Where masks nearly meet, another peeks out between them: fewer of nine pixels than this are such a sliver.
    private const int LeastOfNine = 4;

    // A mask that ends so near the picture's border ends with the picture.
    private const int Border = 2;

    /// <summary>A copy of the picture with all masks on it, the first lowest, labels on top.</summary>
    public static PixelImage Paint(PixelImage image, IReadOnlyList<OverlayMask> masks)
    {
        PixelImage painted = image.Clone();
        int[] owners = Owners(image, masks);
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++)
            {
                int owner = owners[(y * image.Width) + x];
                if (owner == 0)
                    continue;
                Rgb colour = masks[owner - 1].Colour;
                Span<byte> pixel = painted.Pixel(x, y);
                if (IsOutline(owners, image, x, y))
                    Blend(pixel, Leaning(colour, image.Pixel(x, y)), 1);
                else
                    Blend(pixel, colour, Tint);
            }
        }

        foreach (OverlayMask mask in masks.Where(mask => mask.Label.Length > 0 && mask.Mask.Area > 0))
            PaintLabel(painted, mask);
        return painted;
    }

    /// <summary>
    /// As <see cref="Paint(PixelImage, IReadOnlyList{OverlayMask})"/>, for people to look at: a picture below 256
    /// pixels is enlarged first.
    /// </summary>
    public static PixelImage PaintLegibly(PixelImage image, IReadOnlyList<OverlayMask> masks)
    {
        int factor = OverlayMagnifier.Factor(image.Width, image.Height);
        return factor == 1
            ? Paint(image, masks)
            : Paint(
                OverlayMagnifier.Enlarge(image, factor),
                [.. masks.Select(mask => OverlayMagnifier.Enlarge(mask, factor))]);
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

    // For each pixel the number of its uppermost mask, counted from 1; 0 for none.
    private static int[] Owners(PixelImage image, IReadOnlyList<OverlayMask> masks)
    {
        var owners = new int[image.Width * image.Height];
        foreach ((int i, OverlayMask entry) in masks.Index())
        {
            BinaryMask mask = entry.Mask.ToMask();
            for (int y = 0; y < mask.Height; y++)
            {
                ReadOnlySpan<byte> row = mask.Row(y);
                Span<int> line = owners.AsSpan(y * image.Width, image.Width);
                for (int x = 0; x < row.Length; x++)
                {
                    if (row[x] != 0)
                        line[x] = i + 1;
                }
            }
        }

        return WithoutSlivers(WithoutSlivers(owners, image.Width, image.Height), image.Width, image.Height);
    }

    private static int[] WithoutSlivers(int[] owners, int width, int height)
    {
        var cleared = (int[])owners.Clone();
        Span<int> around = stackalloc int[9];
        for (int y = 1; y < height - 1; y++)
        {
            for (int x = 1; x < width - 1; x++)
            {
                int at = (y * width) + x, own = 0;
                for (int i = 0; i < around.Length; i++)
                {
                    around[i] = owners[at + (((i / 3) - 1) * width) + (i % 3) - 1];
                    own += around[i] == owners[at] ? 1 : 0;
                }

                if (own < LeastOfNine)
                    cleared[at] = MostFrequent(around);
            }
        }

        return cleared;
    }

    private static int MostFrequent(Span<int> values)
    {
        values.Sort();
        (int best, int length) = (values[0], 0);
        for (int start = 0, end; start < values.Length; start = end)
        {
            end = start;
            while (end < values.Length && values[end] == values[start])
                end++;
            // Of as many the uppermost.
            if (end - start >= length)
                (best, length) = (values[start], end - start);
        }

        return best;
    }

    // Of two masks that touch, the line between them is the upper one's.
    private static bool IsOutline(int[] owners, PixelImage image, int x, int y)
    {
        int owner = owners[(y * image.Width) + x];
        return Ends(x - 1, y) || Ends(x + 1, y) || Ends(x, y - 1) || Ends(x, y + 1);

        bool Ends(int nextX, int nextY) =>
            nextX >= Border && nextY >= Border && nextX < image.Width - Border && nextY < image.Height - Border
            && owners[(nextY * image.Width) + nextX] < owner;
    }

    private static Rgb Leaning(Rgb colour, ReadOnlySpan<byte> pixel)
    {
        Rgb contrast = new Rgb(pixel[0], pixel[1], pixel[2]).IsBright ? Rgb.Black : Rgb.White;
        return new Rgb(
            Mix(colour.Red, contrast.Red), Mix(colour.Green, contrast.Green), Mix(colour.Blue, contrast.Blue));

        static byte Mix(byte colour, byte contrast) => (byte)(colour + (Lean * (contrast - colour)));
    }

    private static void PaintLabel(PixelImage painted, OverlayMask mask)
    {
        GlyphAtlas atlas = TextPainter.AtlasFor(painted.Width, painted.Height);
        (int width, int height) = TextPainter.Measure(atlas, mask.Label);
        (int x, int y) = LabelPlace.Inside(mask.Mask.ToMask());
        TextPainter.PaintPlate(painted, atlas, x - (width / 2), y - (height / 2), mask.Label, mask.Colour);
    }
}
