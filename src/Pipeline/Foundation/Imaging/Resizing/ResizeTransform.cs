using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Foundation.Imaging.Resizing;

/// <summary>
/// A resize remembered, so that points and boxes can follow it. Sizes in pixels; immutable.
/// </summary>
/// <param name="Width">Columns before.</param>
/// <param name="Height">Rows before.</param>
/// <param name="NewWidth">Columns after.</param>
/// <param name="NewHeight">Rows after.</param>
internal sealed record ResizeTransform(int Width, int Height, int NewWidth, int NewHeight)
{
    /// <summary>
    /// The longest side becomes <paramref name="length"/>, the other follows, rounded half up (SAM section 1); small
    /// pictures are enlarged.
    /// </summary>
    public static ResizeTransform LongestSide(int width, int height, int length)
    {
        double scale = (double)length / Math.Max(width, height);
        return new ResizeTransform(width, height, Round(width * scale), Round(height * scale));
    }

    /// <summary>
    /// The shortest side becomes <paramref name="shortest"/>, unless that takes the longest over
    /// <paramref name="longest"/>, which then decides (detectron2's ResizeShortestEdge).
    /// </summary>
    public static ResizeTransform ShortestSide(int width, int height, int shortest, int longest)
    {
        double scale = (double)shortest / Math.Min(width, height);
        double newHeight = height < width ? shortest : scale * height;
        double newWidth = height < width ? scale * width : shortest;
        double larger = Math.Max(newWidth, newHeight);
        if (larger > longest)
        {
            newHeight *= longest / larger;
            newWidth *= longest / larger;
        }

        return new ResizeTransform(width, height, Round(newWidth), Round(newHeight));
    }

    /// <summary>Where a point of the original lies after the resize; double arithmetic, no rounding.</summary>
    public (double X, double Y) Apply(double x, double y) =>
        (x * ((double)NewWidth / Width), y * ((double)NewHeight / Height));

    /// <summary>Where a box of the original lies after the resize.</summary>
    public BoxXyxy Apply(in BoxXyxy box)
    {
        (double x0, double y0) = Apply(box.X0, box.Y0);
        (double x1, double y1) = Apply(box.X1, box.Y1);
        return new BoxXyxy((float)x0, (float)y0, (float)x1, (float)y1);
    }

    // A side never vanishes, however extreme the aspect ratio.
    private static int Round(double size) => Math.Max(1, (int)(size + 0.5));
}
