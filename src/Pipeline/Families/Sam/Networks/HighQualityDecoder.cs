using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Blocks;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Families.Sam.Networks;

/// <summary>What HQ-SAM adds to the mask decoder (sam.md 5; Ke et al., Segment Anything in High Quality).</summary>
/// <param name="configuration">Sizes.</param>
/// <param name="decoder">The plain decoder, for the order of its pixels.</param>
internal sealed class HighQualityDecoder(SamConfiguration configuration, MaskDecoder decoder)
{
    private const float Epsilon = 1e-6f;

    private int Channels => configuration.Channels / 8;

    /// <summary>Features of the picture alone: final embedding plus early tokens, both upscaled.</summary>
    /// <param name="root">Root of the weights.</param>
    /// <param name="embedding"><c>[1, C, grid, grid]</c>.</param>
    /// <param name="early">Early encoder tokens <c>[grid², E]</c>.</param>
    /// <returns><c>[1, C/8, 4·grid, 4·grid]</c>.</returns>
    public GraphValue Features(GraphScope root, GraphValue embedding, GraphValue early)
    {
        GraphScope scope = root["mask_decoder"];
        GraphValue cells = embedding.Reshape(configuration.Channels, Dimension.Rest).Transpose(1, 0);
        GraphValue fromEmbedding = Upscale(scope["embedding_encoder"], cells, configuration.Channels / 4);
        GraphValue fromEarly = Upscale(scope["compress_vit_feat"], early, configuration.Channels);
        return ToMap((fromEmbedding + fromEarly).Unsqueeze(0));
    }

    /// <summary>The extra mask of each prompt.</summary>
    /// <param name="root">Root of the weights.</param>
    /// <param name="weights">Hypernetwork weights of the HQ token, <c>[B, 1, C/8]</c>.</param>
    /// <param name="pixels">Upscaled cells of the plain decoder, <c>[B, grid²·16, C/8]</c>.</param>
    /// <param name="features">From <see cref="Features"/>.</param>
    /// <returns><c>[B, 1, 4·grid, 4·grid]</c>.</returns>
    public GraphValue Mask(GraphScope root, GraphValue weights, GraphValue pixels, GraphValue features)
    {
        GraphScope scope = root["mask_decoder"]["embedding_maskfeature"];
        using IDisposable naming = scope.Enter();
        GraphValue wide = scope["0"].Conv(ToMap(pixels), 2 * Channels, kernel: 3, padding: 1);
        GraphValue active = scope["1"].LayerNorm(wide.Transpose(0, 2, 3, 1), Epsilon).Gelu().Transpose(0, 3, 1, 2);
        GraphValue refined = scope["3"].Conv(active, Channels, kernel: 3, padding: 1) + features;
        int area = configuration.MaskSize * configuration.MaskSize;
        return weights.MatMul(refined.Reshape(refined[0], Channels, area))
            .Reshape(refined[0], 1, configuration.MaskSize, configuration.MaskSize);
    }

    private GraphValue Upscale(GraphScope scope, GraphValue cells, int hidden)
    {
        using IDisposable naming = scope.Enter();
        GraphValue twice = TransposedConvolution.Apply(scope["0"], cells, hidden);
        GraphValue active = scope["1"].LayerNorm(twice, Epsilon).Gelu();
        return TransposedConvolution.Apply(scope["3"], active, Channels);
    }

    // [B, grid²·16, C/8] grouped by cell → [B, C/8, 4·grid, 4·grid]
    private GraphValue ToMap(GraphValue pixels)
    {
        GraphValue channelsFirst = pixels.Transpose(0, 2, 1);
        GraphValue planes = decoder.ToPlane(channelsFirst.Reshape(Dimension.Rest, channelsFirst[2]));
        return planes.Reshape(
            pixels[0].IsFixed ? pixels[0] : "prompts", Channels, configuration.MaskSize, configuration.MaskSize);
    }
}
