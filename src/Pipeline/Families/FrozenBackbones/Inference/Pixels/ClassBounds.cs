using System.Numerics.Tensors;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Lanes;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Pixels;

/// <summary>
/// What the scores of classes lie between all over a block of pixels, where no class is spoken for by less than
/// nothing.
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
        Span<float> lows = new(low, masks), highs = new(high, masks);
        lows.Fill(float.PositiveInfinity);
        highs.Fill(float.NegativeInfinity);
        for (int pixel = 0; pixel < count; pixel++)
        {
            var row = new ReadOnlySpan<float>(probabilities + ((long)pixel * stride), masks);
            TensorPrimitives.Min(lows, row, lows);
            TensorPrimitives.Max(highs, row, highs);
        }
    }

    /// <summary>
    /// A score that some class of a panel reaches at every pixel of the block, and one that no class of it exceeds at
    /// any.
    /// </summary>
    /// <param name="low">The smallest probability of each mask.</param>
    /// <param name="high">The largest.</param>
    /// <param name="panel">masks×width: how much each mask speaks for each class.</param>
    /// <param name="masks">Number of masks.</param>
    /// <param name="width">Classes of the panel, whole registers.</param>
    public static (float Least, float Most) OfScores(float* low, float* high, float* panel, int masks, int width)
    {
        Lane16 largestLow = default, largestHigh = default;
        for (int lane = 0; lane < width; lane += Lane16.Width)
        {
            Lane16 least = default, most = default;
            for (int mask = 0; mask < masks; mask++)
            {
                var weights = Lane16.Load(panel + (mask * width) + lane);
                least = least.AddScaled(weights, low[mask]);
                most = most.AddScaled(weights, high[mask]);
            }

            largestLow = largestLow.Max(least);
            largestHigh = largestHigh.Max(most);
        }

        return (largestLow.Largest() * (1 - Rounding), largestHigh.Largest() * (1 + Rounding));
    }
}
