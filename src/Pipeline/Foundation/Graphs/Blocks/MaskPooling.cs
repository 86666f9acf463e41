using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Foundation.Graphs.Blocks;

/// <summary>
/// The mean of features under hard masks (frozenseg.md 0, item 5): divided by the count plus 1e-8, so that an empty
/// mask gives zeros.
/// </summary>
internal static class MaskPooling
{
    private const float Epsilon = 1e-8f;

    /// <param name="masks"><c>[Q, P]</c>: 0 or 1.</param>
    /// <param name="features"><c>[1, C, h, w]</c> with h·w = P.</param>
    /// <returns><c>[Q, C]</c>.</returns>
    public static GraphValue Apply(GraphValue masks, GraphValue features)
    {
        GraphValue sums = masks.MatMulTransposed(features.Reshape(features[1], Dimension.Rest));
        return sums / (masks.ReduceSum(1) + Epsilon);
    }

    /// <summary>1 where a logit is above 0, 0 elsewhere.</summary>
    public static GraphValue Harden(GraphValue logits) =>
        logits.Greater(logits.Graph.Scalar(0, logits.Type)).Cast(logits.Type);
}
