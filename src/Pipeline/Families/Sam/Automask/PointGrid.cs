namespace FrozenSeg.Pipeline.Families.Sam.Automask;

/// <summary>A square grid of points at the centres of n×n cells, x fastest, in 0..1.</summary>
internal static class PointGrid
{
    /// <summary>The grid with <paramref name="pointsPerSide"/>² points.</summary>
    public static (double X, double Y)[] Build(int pointsPerSide)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pointsPerSide);
        double offset = 1 / (2.0 * pointsPerSide);
        // Interpolated between the ends, as numpy.linspace does, for the same last bits.
        double step = pointsPerSide == 1 ? 0 : (1 - offset - offset) / (pointsPerSide - 1);
        double Coordinate(int i) => i == pointsPerSide - 1 && i > 0 ? 1 - offset : (i * step) + offset;
        return [.. Enumerable.Range(0, pointsPerSide * pointsPerSide).Select(
            i => (Coordinate(i % pointsPerSide), Coordinate(i / pointsPerSide)))];
    }

    /// <summary>Points a side in crop layer <paramref name="layer"/>: divided by the factor once a layer.</summary>
    public static int PointsPerSide(int pointsPerSide, int layer, int downscaleFactor) =>
        (int)(pointsPerSide / Math.Pow(downscaleFactor, layer));
}
