using FrozenSeg.Testing;

namespace FrozenSeg.Golden;

/// <summary>Comparisons that say how far off something is, and where.</summary>
internal static class Compare
{
    /// <summary>Largest absolute difference of two float arrays.</summary>
    public static GoldenCheck Absolute(
        string what, ReadOnlySpan<float> actual, ReadOnlySpan<float> expected, double tolerance) =>
        Largest(what, actual, expected, tolerance, scale: 1);

    /// <summary>Largest absolute difference to an array of a golden file.</summary>
    public static GoldenCheck Absolute(string what, ReadOnlySpan<float> actual, NpyArray expected, double tolerance) =>
        Absolute(what, actual, expected.Floats, tolerance);

    /// <summary>Largest difference over the largest expected magnitude.</summary>
    public static GoldenCheck RelativeToLargest(
        string what, ReadOnlySpan<float> actual, ReadOnlySpan<float> expected, double tolerance)
    {
        float largest = 0;
        foreach (float value in expected)
            largest = MathF.Max(largest, MathF.Abs(value));
        return Largest(what, actual, expected, tolerance, largest == 0 ? 1 : largest);
    }

    /// <summary>
    /// Largest difference of numbers that were rounded to float16, in units of float16 at that place (4.9e-4 below 1):
    /// what lies between two of them may be rounded either way.
    /// </summary>
    public static GoldenCheck Rounded(string what, ReadOnlySpan<float> actual, ReadOnlySpan<float> expected)
    {
        if (actual.Length != expected.Length)
            return new GoldenCheck(
                what, double.PositiveInfinity, 1, $"{actual.Length} elements instead of {expected.Length}");
        double worst = 0;
        int at = 0;
        for (int i = 0; i < actual.Length && !double.IsNaN(worst); i++)
        {
            double units = Math.Abs((double)actual[i] - expected[i]) / HalfUnit(
                MathF.Max(MathF.Abs(actual[i]), MathF.Abs(expected[i])));
            if (!(units <= worst))
                (worst, at) = (units, i);
        }

        return new GoldenCheck(
            $"{what}, units of float16",
            worst,
            1,
            worst == 0 ? "" : $"at {at}: {actual[at]:G9} instead of {expected[at]:G9}");
    }

    private static double HalfUnit(float value)
    {
        var half = (Half)value;
        return Half.IsFinite(half) ? (double)Half.BitIncrement(half) - (double)half : double.NaN;
    }

    /// <summary>Number of elements that differ.</summary>
    public static GoldenCheck Equal<T>(string what, ReadOnlySpan<T> actual, ReadOnlySpan<T> expected)
        where T : IEquatable<T>
    {
        if (actual.Length != expected.Length)
            return new GoldenCheck(
                what, double.PositiveInfinity, 0, $"{actual.Length} elements instead of {expected.Length}");
        int differing = 0, first = -1;
        for (int i = 0; i < actual.Length; i++)
        {
            if (actual[i].Equals(expected[i]))
                continue;
            first = first < 0 ? i : first;
            differing++;
        }

        return new GoldenCheck(
            what, differing, 0, first < 0 ? "" : $"first at {first}: {actual[first]} instead of {expected[first]}");
    }

    /// <summary>A property that holds or does not.</summary>
    public static GoldenCheck That(string what, bool holds, string detail = "") =>
        new(what, holds ? 0 : 1, 0, holds ? "" : detail);

    private static GoldenCheck Largest(
        string what, ReadOnlySpan<float> actual, ReadOnlySpan<float> expected, double tolerance, float scale)
    {
        if (actual.Length != expected.Length)
        {
            return new GoldenCheck(
                what, double.PositiveInfinity, tolerance, $"{actual.Length} elements instead of {expected.Length}");
        }

        double worst = 0;
        int at = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            bool bothMissing = float.IsNaN(actual[i]) && float.IsNaN(expected[i]);
            double difference = bothMissing ? 0 : Math.Abs((double)actual[i] - expected[i]) / scale;
            if (difference <= worst)
                continue;
            // NaN compares false with everything and must not be passed over.
            worst = difference;
            at = i;
            if (double.IsNaN(difference))
                break;
        }

        return new GoldenCheck(
            what, worst, tolerance, worst == 0 ? "" : $"at {at}: {actual[at]:G9} instead of {expected[at]:G9}")
        {
            IsRounding = true,
        };
    }
}
