using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Blocks;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Families.Clip.Backbones;

/// <summary>
/// The attention pool of a CLIP ResNet, restricted to masks (frozenseg.md 2.1). All masks share one query, so the
/// powers of a key are computed once: a mask's answer is the sum of <c>e^logit · value</c> over its pixels, divided by
/// the sum of <c>e^logit</c>: two matrix products. A mask without pixels gives NaN, as 0/0.
/// </summary>
/// <param name="configuration">Sizes.</param>
internal sealed class MaskedAttentionPool(ResNetConfiguration configuration)
{
    /// <param name="scope">At <c>visual.attnpool</c>.</param>
    /// <param name="features"><c>[1, C, h, w]</c>.</param>
    /// <param name="masks"><c>[Q, h·w]</c>, 0 or 1.</param>
    /// <returns><c>[Q, E]</c>.</returns>
    public GraphValue Apply(GraphScope scope, GraphValue features, GraphValue masks)
    {
        using IDisposable naming = scope.Enter();
        int channels = features[1].Value, side = configuration.PoolSide;
        GraphValue table = scope.Weight("positional_embedding", (side * side) + 1, channels);
        GraphValue positions = table.Slice(0, 1).Transpose(1, 0).Reshape(1, channels, side, side);
        GraphValue placed = features + positions.ResizeBilinear(features.ShapeOf(), features[2], features[3]);
        GraphValue keys = placed.Reshape(channels, Dimension.Rest).Transpose(1, 0);
        GraphValue mean = features.Reshape(channels, Dimension.Rest).ReduceMean(1).Reshape(1, channels)
            + table.Slice(0, 0, 1);

        GraphValue powers = Powers(scope, mean, keys);
        GraphValue values = ToHeads(scope["v_proj"].Linear(keys, channels)) * powers;
        GraphValue sums = ToHeads(masks.MatMul(values.Reshape(Dimension.Rest, channels)));
        GraphValue totals = masks.MatMul(powers.Reshape(Dimension.Rest, configuration.PoolHeads)).Unsqueeze(2);
        GraphValue attended = (sums / totals).Reshape(Dimension.Rest, channels);
        return scope["c_proj"].Linear(attended, configuration.EmbeddingWidth);
    }

    // e^(logit − largest logit of the head), [h·w, heads, 1].
    private GraphValue Powers(GraphScope scope, GraphValue query, GraphValue keys)
    {
        int channels = keys[1].Value;
        float scale = 1 / MathF.Sqrt((float)channels / configuration.PoolHeads);
        GraphValue projected = ToHeads(scope["q_proj"].Linear(query, channels) * scale);
        GraphValue logits = (ToHeads(scope["k_proj"].Linear(keys, channels)) * projected).ReduceSum(2);
        return (logits - logits.ReduceMax(0)).Exp();
    }

    private GraphValue ToHeads(GraphValue rows) =>
        rows.Reshape(Dimension.Rest, configuration.PoolHeads, rows[1].Value / configuration.PoolHeads);
}
