using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Blocks;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Families.Sam3.Networks;

/// <summary>
/// Masks: the fused map, upscaled twice with the neck's finer maps, times a vector for each query that is kept.
/// The third convolution of the published file is never read (sam3.md 4).
/// </summary>
/// <param name="configuration">Sizes.</param>
internal sealed class Sam3MaskHead(Sam3Configuration configuration)
{
    /// <summary>The fused map after one more look at the prompt.</summary>
    /// <param name="scope">At <c>segmentation_head</c>.</param>
    /// <param name="cells">The fused map, <c>[G², d]</c>.</param>
    /// <param name="prompt">Text and exemplars, <c>[m, d]</c>.</param>
    /// <returns><c>[G², d]</c>.</returns>
    public GraphValue Look(GraphScope scope, GraphValue cells, GraphValue prompt) => cells + PackedAttention.Apply(
        scope["cross_attend_prompt"],
        scope["cross_attn_norm"].LayerNorm(cells, Sam3Layers.Epsilon),
        prompt,
        prompt,
        configuration.Heads);

    /// <summary>
    /// What the convolutions make of the neck's maps, whatever is asked: once a picture, and no larger than the maps.
    /// </summary>
    /// <param name="scope">At <c>segmentation_head</c>.</param>
    /// <param name="middle"><c>[1, d, 2 G, 2 G]</c>.</param>
    /// <param name="fine"><c>[1, d, 4 G, 4 G]</c>.</param>
    public (GraphValue Middle, GraphValue Fine) Prepare(GraphScope scope, GraphValue middle, GraphValue fine)
    {
        GraphScope layers = scope["pixel_decoder"]["conv_layers"];
        return (
            layers[0].Conv(middle, configuration.Width, kernel: 3, padding: 1),
            layers[1].Conv(fine, configuration.Width, kernel: 3, padding: 1));
    }

    /// <summary>Features at the masks' size.</summary>
    /// <param name="scope">At <c>segmentation_head</c>.</param>
    /// <param name="looked">Of <see cref="Look"/>, <c>[G², d]</c>.</param>
    /// <param name="middle">Of <see cref="Prepare"/>, <c>[1, d, 2 G, 2 G]</c>.</param>
    /// <param name="fine">Of <see cref="Prepare"/>, <c>[1, d, 4 G, 4 G]</c>.</param>
    /// <returns><c>[1, d, 4 G, 4 G]</c>.</returns>
    public GraphValue Pixels(GraphScope scope, GraphValue looked, GraphValue middle, GraphValue fine)
    {
        GraphValue map = Sam3Layers.ToMap(looked, configuration.Grid);
        map = Refine(scope["pixel_decoder"], map, middle, configuration.Grid, 0);
        return Refine(scope["pixel_decoder"], map, fine, 2 * configuration.Grid, 1);
    }

    /// <summary>Mask logits of the given queries.</summary>
    /// <param name="scope">At <c>segmentation_head</c>.</param>
    /// <param name="pixels">Of <see cref="Pixels"/>.</param>
    /// <param name="vectors">Of <see cref="Vectors"/>, <c>[k, d]</c>.</param>
    /// <returns><c>[k, 4 G, 4 G]</c>.</returns>
    public GraphValue Masks(GraphScope scope, GraphValue pixels, GraphValue vectors)
    {
        // The 1×1 convolution before the product goes into the vectors: k products instead of one at every pixel.
        GraphScope convolution = scope["instance_seg_head"];
        GraphValue weight = convolution.Weight("weight", configuration.Width, configuration.Width, 1, 1)
            .Reshape(configuration.Width, configuration.Width);
        GraphValue shift = vectors.MatMul(
            convolution.Weight("bias", configuration.Width).Reshape(configuration.Width, 1));
        GraphValue logits = vectors.MatMul(weight).MatMul(pixels.Reshape(configuration.Width, Dimension.Rest)) + shift;
        return logits.Reshape(vectors[0], configuration.MaskSize, configuration.MaskSize);
    }

    /// <summary>What each query's mask is made with, <c>[k, d]</c>.</summary>
    /// <param name="scope">At <c>segmentation_head</c>.</param>
    /// <param name="queries"><c>[k, d]</c>, normed.</param>
    public GraphValue Vectors(GraphScope scope, GraphValue queries) => MultilayerPerceptron.Apply(
        scope["mask_predictor"]["mask_embed"], queries, configuration.Width, configuration.Width, configuration.Width);

    /// <summary>One map for the whole concept, logits <c>[4 G, 4 G]</c>.</summary>
    /// <param name="scope">At <c>segmentation_head</c>.</param>
    /// <param name="pixels">Of <see cref="Pixels"/>.</param>
    public GraphValue Semantic(GraphScope scope, GraphValue pixels) =>
        scope["semantic_seg_head"].Conv(pixels, 1, kernel: 1).Reshape(configuration.MaskSize, configuration.MaskSize);

    // A convolution of a sum is the sum of convolutions: that of the neck's map is made already, with the bias.
    private GraphValue Refine(GraphScope decoder, GraphValue map, GraphValue prepared, int side, int level)
    {
        GraphValue weight = decoder["conv_layers"][level]
            .Weight("weight", configuration.Width, configuration.Width, 3, 3);
        return decoder["norms"][level]
            .GroupNorm(prepared + DoubledConvolution.Apply(map, weight, side), configuration.Groups, Sam3Layers.Epsilon)
                .Relu();
    }
}
