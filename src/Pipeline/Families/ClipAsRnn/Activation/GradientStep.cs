using FrozenSeg.Pipeline.Families.Clip;
using FrozenSeg.Pipeline.Families.Clip.Networks;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn.Activation;

/// <summary>
/// The way back through CLIP's last block for a batch of C texts (car.md 4.5), as matrix products. Symbols are the
/// section's; δ is what reaches a layer norm's output times its weight.
/// </summary>
/// <param name="configuration">Sizes.</param>
/// <param name="vision">The network.</param>
/// <param name="scope">At <c>visual</c>.</param>
internal sealed class GradientStep(ClipVisionConfiguration configuration, ClipVisionNetwork vision, GraphScope scope)
{
    private GraphScope Block => ClipVisionNetwork.Block(scope, configuration.Layers - 1);

    /// <summary>
    /// diag(rows) W1 diag(γ₂): the first matrix of the MLP <c>[4D, D]</c>, scaled by the layer norm before it.
    /// </summary>
    public static GraphValue ScaledHidden(GraphScope block, int width) =>
        block["mlp"]["c_fc"].Weight("weight", 4 * width, width) * block["ln_2"].Weight("weight", width);

    /// <summary>From unit texts to δ of the last layer norm, before it is divided by the number of patches.</summary>
    /// <param name="texts"><c>[C, E]</c>: r of the section, without τ.</param>
    /// <param name="pooled"><c>[1, E]</c>: f.</param>
    /// <returns><c>[C, D]</c>; the same for every patch.</returns>
    public GraphValue ToPatches(GraphValue texts, GraphValue pooled)
    {
        GraphValue length = (pooled * pooled).ReduceSum(-1).Sqrt();
        GraphValue unit = pooled / length;
        GraphValue gradient = (texts - (texts.MatMulTransposed(unit) * unit)) / length;
        return vision.ProjectBack(scope, gradient) * scope["ln_post"].Weight("weight", configuration.Width);
    }

    /// <summary>
    /// Through the last layer norm and the MLP. The gradient G1 that leaves the layer norm is δ and a multiple of x̂ in
    /// every patch, so that of the MLP's two products one is made once for all texts (<c>spread</c>), and the other is
    /// <c>slope</c> times the scaled matrix.
    /// </summary>
    /// <param name="delta"><c>[C, D]</c>.</param>
    /// <param name="kept">What the picture graph gave.</param>
    /// <returns>G1 and what the MLP adds to it, <c>[C, P, D]</c> each; their sum is G_y.</returns>
    public (GraphValue Residual, GraphValue ThroughMlp) ThroughMlp(
        GraphValue delta, IReadOnlyDictionary<string, GraphValue> kept)
    {
        int width = configuration.Width;
        GraphValue centred = delta - delta.ReduceMean(-1);
        GraphValue along = (delta.MatMulTransposed(kept["post_normal"]) * (1f / width)).Unsqueeze(-1);
        GraphValue residual = (centred.Unsqueeze(1) - (along * kept["post_normal"])) / kept["post_sigma"];

        GraphValue fan = centred.MatMul(Block["mlp"]["c_proj"].Weight("weight", width, 4 * width));
        GraphValue scaled = fan.Unsqueeze(-1) * ScaledHidden(Block, width);
        GraphValue hidden = (kept["slope"].MatMul(scaled) - (along * kept["spread"])) / kept["post_sigma"];
        return (residual, LayerNormBack(hidden, kept["mlp_normal"], kept["mlp_sigma"]));
    }

    /// <summary>Through the attention, summed over the patches of its input.</summary>
    /// <param name="gradient">G_y, <c>[C, P, D]</c>.</param>
    /// <param name="kept">What the picture graph gave.</param>
    /// <returns>β, <c>[C, D]</c>: the mean gradient of the block's normed input.</returns>
    public GraphValue ThroughAttention(GraphValue gradient, IReadOnlyDictionary<string, GraphValue> kept)
    {
        int width = configuration.Width, heads = configuration.Heads;
        float scale = vision.Transformer.Scale;
        GraphScope attention = Block["attn"];
        GraphValue toContext = gradient.MatMul(attention["out_proj"].Weight("weight", width, width))
            .Reshape(HeadSizes(gradient), gradient[0], gradient[1], heads, configuration.HeadWidth)
                .Transpose(0, 2, 1, 3);
        GraphValue along = (toContext * kept["context"]).ReduceSum(-1);

        // One more column carries R through the same product, and meets −1 beside the values: V·T − ρ.
        GraphValue value = kept["value"], probabilities = kept["attention"];
        GraphValue minusOne = value.Slice(-1, 0, 1) * 0 - 1;
        GraphValue carried = probabilities.TransposedMatMul(Shaping.Concat(-1, toContext, along));
        GraphValue toLogits = (carried * Shaping.Concat(-1, value, minusOne)).ReduceSum(-1);
        GraphValue queries = toLogits.TransposedMatMul(kept["key"]) * scale;

        // Rows of the logits' gradient sum to 0: what the patches' keys get is what the class token's does not.
        GraphValue classToken = probabilities.Slice(-1, 0, 1);
        GraphValue toClass = classToken * ((toContext * value.Slice(1, 0, 1)).ReduceSum(-1) - along);
        GraphValue keys = toClass.TransposedMatMul(kept["query"]) * -scale;
        GraphValue values = ((classToken * -1) + 1).TransposedMatMul(toContext);

        GraphValue total = Back(queries, 0) + Back(keys, 1) + Back(values, 2);
        // Once for the mean over patches in the pooled feature, once for the mean of the gradient.
        GraphValue patches = gradient.ShapeOf(1, 2).Cast(gradient.Type);
        return total / (patches * patches);

        GraphValue Back(GraphValue sum, int part) =>
            sum.Reshape(Dimension.Rest, width).MatMul(vision.Transformer.Matrix(attention, part));
    }

    private GraphValue HeadSizes(GraphValue gradient) =>
        Shaping.Concat(
            0, gradient.ShapeOf(0, 2), gradient.Graph.Integers(configuration.Heads, configuration.HeadWidth));

    // (δ − mean δ − x̂ mean(δ⊙x̂))/σ
    private static GraphValue LayerNormBack(GraphValue delta, GraphValue normal, GraphValue sigma) =>
        (delta - delta.ReduceMean(-1) - (normal * (delta * normal).ReduceMean(-1))) / sigma;
}
