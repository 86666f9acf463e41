using FrozenSeg.Pipeline.Foundation.Imaging;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn.VisualPrompts;

/// <summary>One pixel of a drawing.</summary>
internal static class Dot
{
    /// <summary>Colours a pixel, if it is in the picture.</summary>
    public static void Plot(PixelImage image, long x, long y, Rgb colour)
    {
        if (x < 0 || y < 0 || x >= image.Width || y >= image.Height)
            return;
        Span<byte> pixel = image.Pixel((int)x, (int)y);
        (pixel[0], pixel[1], pixel[2]) = (colour.Red, colour.Green, colour.Blue);
    }
}
