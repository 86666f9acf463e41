using System.Text;

namespace FrozenSeg.Pipeline.Foundation.Imaging.Text;

/// <summary>Writes words on pictures.</summary>
internal static class TextPainter
{
    private const int Margin = 3;

    /// <summary>Letters that are legible on a picture of this size.</summary>
    public static GlyphAtlas AtlasFor(int width, int height) =>
        Math.Min(width, height) < 700 ? GlyphAtlas.Small : GlyphAtlas.Large;

    /// <summary>Size of a plate with <paramref name="text"/> on it.</summary>
    public static (int Width, int Height) Measure(GlyphAtlas atlas, string text) =>
        (atlas.Measure(text) + (2 * Margin), atlas.Height + (Margin / 2 * 2));

    /// <summary>
    /// Paints a plate of one colour and the text on it in black or white, moved so that it lies inside the picture.
    /// </summary>
    public static void PaintPlate(PixelImage image, GlyphAtlas atlas, int x, int y, string text, Rgb colour)
    {
        (int width, int height) = Measure(atlas, text);
        x = Math.Clamp(x, 0, Math.Max(0, image.Width - width));
        y = Math.Clamp(y, 0, Math.Max(0, image.Height - height));
        for (int row = y; row < Math.Min(y + height, image.Height); row++)
        {
            for (int column = x; column < Math.Min(x + width, image.Width); column++)
                OverlayPainter.Blend(image.Pixel(column, row), colour, 0.85);
        }

        Paint(image, atlas, x + Margin, y + (Margin / 2), text, colour.IsBright ? Rgb.Black : Rgb.White);
    }

    /// <summary>Paints text; what lies outside the picture is left out.</summary>
    public static void Paint(PixelImage image, GlyphAtlas atlas, int x, int y, string text, Rgb colour)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            for (int dy = 0; dy < atlas.Height; dy++)
            {
                for (int dx = 0; dx < atlas.Advance(rune) + 1; dx++)
                {
                    int coverage = atlas.Coverage(rune, dx, dy);
                    if (coverage > 0 && x + dx < image.Width && y + dy < image.Height)
                        OverlayPainter.Blend(image.Pixel(x + dx, y + dy), colour, coverage / 255.0);
                }
            }

            x += atlas.Advance(rune);
        }
    }
}
