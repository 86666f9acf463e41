using FrozenSeg.Pipeline.Foundation.Imaging;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn.VisualPrompts;

/// <summary>A rectangle's outline, one pixel wide; what lies outside the picture is left out.</summary>
internal static class RectangleOutline
{
    /// <summary>Draws the outline around <paramref name="extent"/>'s centre; both corners belong to it.</summary>
    public static void Draw(PixelImage image, MaskExtent extent, Rgb colour)
    {
        int left = extent.CentreX - (extent.Width / 2), right = extent.CentreX + (extent.Width / 2);
        int top = extent.CentreY - (extent.Height / 2), bottom = extent.CentreY + (extent.Height / 2);
        for (int x = left; x <= right; x++)
        {
            Dot.Plot(image, x, top, colour);
            Dot.Plot(image, x, bottom, colour);
        }

        for (int y = top; y <= bottom; y++)
        {
            Dot.Plot(image, left, y, colour);
            Dot.Plot(image, right, y, colour);
        }
    }
}
