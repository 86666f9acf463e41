using FrozenSeg.Pipeline.Foundation.Imaging.Text;

namespace FrozenSeg.Pipeline.Foundation.Imaging;

/// <summary>Adds a legend below a picture: a coloured plate for each name, in as many lines as needed.</summary>
internal static class LegendPainter
{
    private const int Gap = 4;

    /// <summary>The picture with the legend below it; the picture itself when there is nothing to explain.</summary>
    public static PixelImage Append(PixelImage image, IReadOnlyList<(string Name, Rgb Colour)> entries)
    {
        if (entries.Count == 0)
            return image;
        GlyphAtlas atlas = TextPainter.AtlasFor(image.Width, image.Height);
        List<(int X, int Line)> places = Arrange(atlas, image.Width, entries);
        int lineHeight = TextPainter.Measure(atlas, "").Height + Gap;

        var extended = new PixelImage(image.Width, image.Height + ((places[^1].Line + 1) * lineHeight) + Gap);
        extended.Pixels.Fill(byte.MaxValue);
        image.Pixels.CopyTo(extended.Pixels);
        for (int i = 0; i < entries.Count; i++)
        {
            TextPainter.PaintPlate(
                extended,
                atlas,
                places[i].X,
                image.Height + Gap + (places[i].Line * lineHeight),
                entries[i].Name,
                entries[i].Colour);
        }

        return extended;
    }

    private static List<(int X, int Line)> Arrange(
        GlyphAtlas atlas, int width, IReadOnlyList<(string Name, Rgb Colour)> entries)
    {
        var places = new List<(int, int)>();
        int x = Gap, line = 0;
        foreach ((string name, _) in entries)
        {
            int plate = TextPainter.Measure(atlas, name).Width;
            if (x > Gap && x + plate + Gap > width)
            {
                x = Gap;
                line++;
            }

            places.Add((x, line));
            x += plate + Gap;
        }

        return places;
    }
}
