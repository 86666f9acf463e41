using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Blocks;

namespace FrozenSeg.Pipeline.Families.Sam3.Networks;

/// <summary>
/// The map looks at the prompt. The first layer's self-attention does not see the prompt yet, so that it is
/// computed once a picture (sam3.md 3.1).
/// </summary>
/// <param name="configuration">Sizes.</param>
internal sealed class FusionEncoder(Sam3Configuration configuration)
{
    /// <summary>The first half of a layer: cells look at each other.</summary>
    /// <param name="scope">At <c>transformer.encoder</c>.</param>
    /// <param name="cells"><c>[G², d]</c>.</param>
    /// <param name="positions"><c>[G², d]</c>.</param>
    /// <param name="index">Number of the layer.</param>
    public GraphValue Look(GraphScope scope, GraphValue cells, GraphValue positions, int index)
    {
        GraphScope layer = scope["layers"][index];
        using IDisposable naming = layer.Enter();
        GraphValue normed = layer["norm1"].LayerNorm(cells, Sam3Layers.Epsilon), placed = normed + positions;
        return cells + PackedAttention.Apply(layer["self_attn"], placed, placed, normed, configuration.Heads);
    }

    /// <summary>The second half: cells look at the prompt, then the perceptron.</summary>
    /// <param name="scope">At <c>transformer.encoder</c>.</param>
    /// <param name="cells"><c>[G², d]</c>.</param>
    /// <param name="prompt">Text and exemplars, <c>[m, d]</c>.</param>
    /// <param name="index">Number of the layer.</param>
    public GraphValue Fuse(GraphScope scope, GraphValue cells, GraphValue prompt, int index)
    {
        GraphScope layer = scope["layers"][index];
        using IDisposable naming = layer.Enter();
        GraphValue asking = layer["norm2"].LayerNorm(cells, Sam3Layers.Epsilon);
        cells += PackedAttention.Apply(layer["cross_attn_image"], asking, prompt, prompt, configuration.Heads);
        return cells + Sam3Layers.Perceptron(
            layer, layer["norm3"].LayerNorm(cells, Sam3Layers.Epsilon), configuration.Hidden);
    }

    /// <summary>All layers, but for the first half of the first; there is no norm at the end.</summary>
    /// <param name="scope">At <c>transformer.encoder</c>.</param>
    /// <param name="looked">What <see cref="Look"/> of layer 0 gave, <c>[G², d]</c>.</param>
    /// <param name="prompt">Text and exemplars, <c>[m, d]</c>.</param>
    /// <param name="positions"><c>[G², d]</c>.</param>
    public GraphValue Apply(GraphScope scope, GraphValue looked, GraphValue prompt, GraphValue positions)
    {
        GraphValue cells = Fuse(scope, looked, prompt, 0);
        for (int layer = 1; layer < configuration.FusionLayers; layer++)
            cells = Fuse(scope, Look(scope, cells, positions, layer), prompt, layer);
        return cells;
    }
}
