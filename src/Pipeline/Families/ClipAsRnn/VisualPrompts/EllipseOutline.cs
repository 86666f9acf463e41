using FrozenSeg.Pipeline.Foundation.Imaging;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn.VisualPrompts;

/// <summary>
/// An axis-parallel ellipse of one pixel's width, drawn as OpenCV does: a polygon in fixed point, its corners from a
/// sine table of seven decimals.
/// </summary>
internal static class EllipseOutline
{
    private const int FullTurn = 360;

    private static readonly float[] Sines =
        [.. Enumerable.Range(0, FullTurn + 90 + 1).Select(
            degrees => (float)Math.Round(Math.Sin(degrees * Math.PI / 180), 7))];

    /// <summary>Draws the outline.</summary>
    /// <param name="image">Changed in place.</param>
    /// <param name="centreX">Column of the centre.</param>
    /// <param name="centreY">Row of the centre.</param>
    /// <param name="halfWidth">Horizontal half axis, pixels.</param>
    /// <param name="halfHeight">Vertical half axis, pixels.</param>
    /// <param name="colour">Colour of the line.</param>
    public static void Draw(PixelImage image, int centreX, int centreY, int halfWidth, int halfHeight, Rgb colour)
    {
        var corners = new List<(long X, long Y)>();
        int step = Step(Math.Max(halfWidth, halfHeight));
        for (int degrees = 0; degrees <= FullTurn; degrees += step)
        {
            double x = centreX + (halfWidth * (double)Cosine(degrees)),
                y = centreY + (halfHeight * (double)Sines[degrees]);
            (long, long) corner = (Fixed(x), Fixed(y));
            if (corners.Count == 0 || corners[^1] != corner)
                corners.Add(corner);
        }

        if (corners.Count == 1)
            corners.Add(corners[0]);
        for (int i = 1; i < corners.Count; i++)
            FixedPointLine.Draw(image, corners[i - 1], corners[i], colour);
    }

    // Degrees between corners: few for small ellipses.
    private static int Step(int radius) => radius switch
    {
        < 3 => 90,
        < 10 => 30,
        < 15 => 18,
        _ => 5,
    };

    // cos θ = sin(450° − θ), from the same table.
    private static float Cosine(int degrees) => Sines[FullTurn + 90 - degrees];

    private static long Fixed(double pixels) => (long)Math.Round(pixels * FixedPointLine.One);
}
