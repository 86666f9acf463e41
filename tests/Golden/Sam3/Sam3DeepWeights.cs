using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Golden.Sam3;

/// <summary>The weights of <c>case_deep</c>: a function of the tensors' names, as its README says.</summary>
internal static class Sam3DeepWeights
{
    private const string Prefix = "deep.";

    // The first that fits: parts the name contains, how it ends, the factor.
    private static readonly (string[] Contains, string End, double Factor)[] Factors =
    [
        ([".conv_3x3"], ".weight", 0.12),
        (["transformer.decoder."], "in_proj_weight", 1.3),
        ([], "in_proj_weight", 1.7),
        ([".attn."], "qkv.weight", 1.7),
        (["transformer.decoder.layers."], "out_proj.weight", 0.15),
        (["transformer.decoder.layers."], "linear2.weight", 0.15),
        (["dot_prod_scoring."], "hs_proj.weight", 6.0),
        (["mask_embed.layers."], ".weight", 1.7),
        (["decoder.bbox_embed.layers."], ".weight", 1.1),
        (["decoder.boxRPB_embed_"], ".weight", 2.0),
        (["decoder.reference_points"], ".weight", 1.5),
    ];

    /// <summary>The elements of the tensor under the official name <paramref name="key"/>.</summary>
    public static float[] Elements(string key, TensorShape shape)
    {
        string name = Prefix + key;
        if (key.EndsWith("in_proj_bias", StringComparison.Ordinal))
            return SyntheticNumbers.Floats(name, shape.ElementCount, 0.1f);
        // Positions of texts have a rule of their own elsewhere; here they are weights like others.
        (double scale, float offset) = key.EndsWith("positional_embedding", StringComparison.Ordinal)
            ? SyntheticWeights.Range("weight", shape)
            : SyntheticWeights.Range(name, shape);
        double factor = Factors.FirstOrDefault(
            rule => rule.Contains.All(part => key.Contains(part, StringComparison.Ordinal))
                && key.EndsWith(rule.End, StringComparison.Ordinal),
            ([], "", 1)).Factor;
        return SyntheticNumbers.Floats(name, shape.ElementCount, (float)(scale * factor), offset);
    }
}
