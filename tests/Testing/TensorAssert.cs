using Xunit.Sdk;

namespace FrozenSeg.Testing;

/// <summary>Comparisons of numbers that say where the worst one is.</summary>
public static class TensorAssert
{
    /// <summary>
    /// Fails when an element differs by more than <paramref name="tolerance"/>, or one is NaN and not the other.
    /// </summary>
    public static void Close(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance)
    {
        if (expected.Length != actual.Length)
            throw new XunitException($"{actual.Length} elements instead of {expected.Length}.");
        double worst = 0;
        int at = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            if (float.IsNaN(expected[i]) && float.IsNaN(actual[i]))
                continue;
            double difference = Math.Abs((double)expected[i] - actual[i]);
            if (difference <= worst)
                continue;
            worst = double.IsNaN(difference) ? double.PositiveInfinity : difference;
            at = i;
        }

        if (worst > tolerance)
            throw new XunitException($"Element {at} is {actual[at]:G9} instead of {expected[at]:G9}; {worst:G3} is "
                + $"more than {tolerance:G3}.");
    }
}
