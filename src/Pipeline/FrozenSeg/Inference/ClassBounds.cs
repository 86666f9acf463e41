using System.Runtime.Intrinsics;

namespace FrozenSeg.Pipeline.FrozenSeg.Inference;

/// <summary>
/// What the scores of classes lie between all over a block of pixels, where no class is spoken for by less than nothing.
/// </summary>
internal static unsafe class ClassBounds
{
    // More than what float32 loses in a sum over all masks.
    private const float Rounding = 1e-4f;

    /// <summary>The smallest and the largest probability of each mask in a block.</summary>
    /// <param name="probabilities">count×<paramref name="stride"/>.</param>
    /// <param name="stride">Floats from a pixel to the next.</param>
    /// <param name="masks">Number of masks.</param>
    /// <param name="count">Number of pixels.</param>
    /// <param name="low">Receives the smallest.</param>
    /// <param name="high">Receives the largest.</param>
    public static void OfMasks(float* probabilities, int stride, int masks, int count, float* low, float* high)
    {
        var first = new ReadOnlySpan<float>(probabilities, masks);
        first.CopyTo(new Span<float>(low, masks));
        first.CopyTo(new Span<float>(high, masks));
        for (int pixel = 1; pixel < count; pixel++)
        {
            float* row = probabilities + ((long)pixel * stride);
            int mask = 0;
            for (; mask <= masks - Vector512<float>.Count; mask += Vector512<float>.Count)
            {
                var values = Vector512.Load(row + mask);
                Vector512.MinNative(Vector512.Load(low + mask), values).Store(low + mask);
                Vector512.MaxNative(Vector512.Load(high + mask), values).Store(high + mask);
            }

            for (; mask < masks; mask++)
                (low[mask], high[mask]) = (MathF.Min(low[mask], row[mask]), MathF.Max(high[mask], row[mask]));
        }
    }

    /// <summary>
    /// A score that some class of a panel reaches at every pixel of the block, and one that no class of it exceeds at any.
    /// </summary>
    /// <param name="low">The smallest probability of each mask.</param>
    /// <param name="high">The largest.</param>
    /// <param name="panel">masks×width: how much each mask speaks for each class.</param>
    /// <param name="masks">Number of masks.</param>
    /// <param name="width">Classes of the panel, whole registers.</param>
    public static (float Least, float Most) OfScores(float* low, float* high, float* panel, int masks, int width)
    {
        Vector512<float> largestLow = default, largestHigh = default;
        for (int lane = 0; lane < width; lane += Vector512<float>.Count)
        {
            Vector512<float> least = default, most = default;
            for (int mask = 0; mask < masks; mask++)
            {
                var weights = Vector512.Load(panel + (mask * width) + lane);
                least = Vector512.FusedMultiplyAdd(Vector512.Create(low[mask]), weights, least);
                most = Vector512.FusedMultiplyAdd(Vector512.Create(high[mask]), weights, most);
            }

            largestLow = Vector512.MaxNative(largestLow, least);
            largestHigh = Vector512.MaxNative(largestHigh, most);
        }

        return (Largest(largestLow) * (1 - Rounding), Largest(largestHigh) * (1 + Rounding));
    }

    private static float Largest(Vector512<float> values)
    {
        float largest = values[0];
        for (int i = 1; i < Vector512<float>.Count; i++)
            largest = MathF.Max(largest, values[i]);
        return largest;
    }
}
