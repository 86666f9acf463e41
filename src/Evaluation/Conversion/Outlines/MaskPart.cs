namespace FrozenSeg.Evaluation.Conversion.Outlines;

/// <summary>
/// One connected part of a mask as polygons along the pixels' edges: exact, so that filling them gives the mask back.
/// </summary>
/// <param name="Exterior">Corners of the outer ring, clockwise as seen, x and y in pixels; not repeated at the
/// end.</param>
/// <param name="Holes">Corners of each hole, counter-clockwise.</param>
internal sealed record MaskPart(
    IReadOnlyList<(int X, int Y)> Exterior, IReadOnlyList<IReadOnlyList<(int X, int Y)>> Holes)
{
    /// <summary>The outer ring and the holes.</summary>
    public IEnumerable<IReadOnlyList<(int X, int Y)>> Rings => Holes.Prepend(Exterior);

    /// <summary>
    /// A ring moved inwards by half a pixel, so that it runs through the middles of the pixels at the border: for tools
    /// that fill polygons with their border, to which the ring along the edges is a pixel too wide.
    /// </summary>
    /// <param name="ring">A ring along edges, the mask on its right.</param>
    /// <returns>A pixel for each corner of the ring.</returns>
    public static IReadOnlyList<(int X, int Y)> ThroughPixels(IReadOnlyList<(int X, int Y)> ring)
    {
        var pixels = new (int X, int Y)[ring.Count];
        for (int i = 0; i < pixels.Length; i++)
        {
            (int X, int Y) before =
                ring[(i + pixels.Length - 1) % pixels.Length], corner = ring[i], after = ring[(i + 1) % pixels.Length];
            // Right of a step (x, y) is (−y, x); one of the two steps gives the column, the other the row.
            int x = -Math.Sign(corner.Y - before.Y) - Math.Sign(after.Y - corner.Y);
            int y = Math.Sign(corner.X - before.X) + Math.Sign(after.X - corner.X);
            pixels[i] = (corner.X + ((x - 1) / 2), corner.Y + ((y - 1) / 2));
        }

        return pixels;
    }
}
