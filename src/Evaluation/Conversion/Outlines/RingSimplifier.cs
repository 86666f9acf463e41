namespace FrozenSeg.Evaluation.Conversion.Outlines;

/// <summary>
/// Leaves corners out of closed rings as long as no corner that is left out lies further than a tolerance from what
/// remains (Douglas and Peucker 1973).
/// </summary>
internal static class RingSimplifier
{
    private const int LeastCorners = 3;

    /// <summary>The ring with fewer corners; unchanged where fewer than three would be left.</summary>
    /// <param name="ring">Corners in order, the first not repeated.</param>
    /// <param name="tolerance">Pixels; 0 leaves the ring as it is.</param>
    public static IReadOnlyList<(int X, int Y)> Simplify(IReadOnlyList<(int X, int Y)> ring, double tolerance)
    {
        if (tolerance <= 0 || ring.Count <= LeastCorners)
            return ring;
        // The ring is two lines: from its first corner to the one furthest from it, and back.
        int far = Enumerable.Range(0, ring.Count)
            .MaxBy(i => Square(ring[i].X - ring[0].X) + Square(ring[i].Y - ring[0].Y));
        var kept = new bool[ring.Count];
        kept[0] = kept[far] = true;
        var lines = new Stack<(int First, int Last)>([(0, far), (far, ring.Count)]);
        while (lines.TryPop(out (int First, int Last) line))
        {
            (int corner, double distance) = Furthest(ring, line.First, line.Last);
            if (distance <= tolerance)
                continue;
            kept[corner] = true;
            lines.Push((line.First, corner));
            lines.Push((corner, line.Last));
        }

        (int, int)[] simple = [.. ring.Where((_, i) => kept[i])];
        return simple.Length >= LeastCorners ? simple : ring;
    }

    // Between two corners; the one behind the last is the first.
    private static (int Corner, double Distance) Furthest(IReadOnlyList<(int X, int Y)> ring, int first, int last)
    {
        (int corner, double most) = (first, 0);
        for (int i = first + 1; i < last; i++)
        {
            double distance = Distance(ring[i], ring[first], ring[last % ring.Count]);
            if (distance > most)
                (corner, most) = (i, distance);
        }

        return (corner, most);
    }

    private static double Distance((int X, int Y) point, (int X, int Y) from, (int X, int Y) to)
    {
        double dx = to.X - from.X, dy = to.Y - from.Y, length = Square(dx) + Square(dy);
        double along = length == 0
            ? 0
            : Math.Clamp((((point.X - from.X) * dx) + ((point.Y - from.Y) * dy)) / length, 0, 1);
        return Math.Sqrt(Square(point.X - from.X - (along * dx)) + Square(point.Y - from.Y - (along * dy)));
    }

    private static double Square(double value) => value * value;
}
