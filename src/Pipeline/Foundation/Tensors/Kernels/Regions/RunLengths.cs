using System.Runtime.CompilerServices;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Regions;

/// <summary>Set operations on run-length masks, without decoding them.</summary>
internal static class RunLengths
{
    /// <summary>Number of pixels set in both masks.</summary>
    /// <exception cref="ArgumentException">The masks differ in size.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Intersection(RunLengthEncoding a, RunLengthEncoding b)
    {
        if (a.Height != b.Height || a.Width != b.Width)
            throw new ArgumentException(
                $"A {a.Height}×{a.Width} mask does not meet a {b.Height}×{b.Width} one.", nameof(b));

        ReadOnlySpan<int> runsA = a.Counts, runsB = b.Counts;
        int intersection = 0, runA = 0, runB = 0;
        int endA = runsA.IsEmpty ? 0 : runsA[0], endB = runsB.IsEmpty ? 0 : runsB[0], position = 0;
        // Both lists are walked border by border: between two borders neither mask changes. Odd runs are the ones.
        while (runA < runsA.Length && runB < runsB.Length)
        {
            int end = Math.Min(endA, endB);
            if ((runA & runB & 1) != 0)
                intersection += end - position;
            position = end;
            if (endA == end && ++runA < runsA.Length)
                endA += runsA[runA];
            if (endB == end && ++runB < runsB.Length)
                endB += runsB[runB];
        }

        return intersection;
    }

    /// <summary>Intersection over union, 0..1; 0 when both masks are empty.</summary>
    /// <exception cref="ArgumentException">The masks differ in size.</exception>
    public static double IoU(RunLengthEncoding a, RunLengthEncoding b)
    {
        int intersection = Intersection(a, b), union = a.Area + b.Area - intersection;
        return union == 0 ? 0 : (double)intersection / union;
    }

    /// <summary>The pixels set in either mask.</summary>
    /// <exception cref="ArgumentException">The masks differ in size.</exception>
    public static RunLengthEncoding Union(RunLengthEncoding a, RunLengthEncoding b)
    {
        if (a.Height != b.Height || a.Width != b.Width)
            throw new ArgumentException(
                $"A {a.Height}×{a.Width} mask does not meet a {b.Height}×{b.Width} one.", nameof(b));

        ReadOnlySpan<int> runsA = a.Counts, runsB = b.Counts;
        var counts = new List<int>(runsA.Length + runsB.Length);
        int runA = 0, runB = 0, position = 0, start = 0, total = a.Height * a.Width;
        int endA = runsA.IsEmpty ? total : runsA[0], endB = runsB.IsEmpty ? total : runsB[0];
        bool inside = false;
        while (position < total)
        {
            // A run ends only where the union changes, not at every border of either mask.
            bool set = ((runA | runB) & 1) != 0;
            if (set != inside)
            {
                counts.Add(position - start);
                (start, inside) = (position, set);
            }

            // Runs may be empty: several borders can lie at one place.
            position = Math.Min(endA, endB);
            for (; endA == position && runA + 1 < runsA.Length; endA += runsA[runA])
                runA++;
            for (; endB == position && runB + 1 < runsB.Length; endB += runsB[runB])
                runB++;
        }

        counts.Add(total - start);
        return new RunLengthEncoding(a.Height, a.Width, [.. counts]);
    }
}
