using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Blocks;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;
using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Families.Sam.Networks;

/// <summary>SAM's prompt encoder (sam.md 3): points and box corners to tokens, a mask to a dense embedding.</summary>
/// <param name="configuration">Sizes.</param>
internal sealed class PromptEncoder(SamConfiguration configuration)
{
    private const float Epsilon = 1e-6f;

    /// <summary>Tokens of points and box corners.</summary>
    /// <param name="scope">At <c>prompt_encoder</c>.</param>
    /// <param name="positions"><c>[B, N, 2]</c>, (x + 0.5)/S and (y + 0.5)/S in the encoder's frame.</param>
    /// <param name="labels"><c>[B, N]</c> int64, see <see cref="PromptLabel"/>.</param>
    /// <returns><c>[B, N, C]</c>.</returns>
    public GraphValue EncodePoints(GraphScope scope, GraphValue positions, GraphValue labels)
    {
        using IDisposable naming = scope.Enter();
        GraphBuilder graph = scope.Graph;
        GraphValue table = Shaping.Concat(
            0,
            scope["not_a_point_embed"].Weight("weight", 1, configuration.Channels),
            PointEmbedding(scope, 0),
            PointEmbedding(scope, 1),
            PointEmbedding(scope, 2),
            PointEmbedding(scope, 3));
        GraphValue codes = PositionEncoding.Encode(scope, positions, configuration.Channels);

        // A padding point has no position, only its embedding.
        GraphValue isPoint = labels.Unsqueeze(-1)
            .EqualTo(graph.Scalar((int)PromptLabel.Padding, ElementType.Int64))
            .Not();
        GraphValue row = labels + graph.Scalar(1, ElementType.Int64);
        return isPoint.Where(codes, graph.Scalar(0, codes.Type)) + table.Gather(row);
    }

    /// <summary>Dense embedding of mask logits.</summary>
    /// <param name="scope">At <c>prompt_encoder</c>.</param>
    /// <param name="mask"><c>[1, 1, 4·grid, 4·grid]</c>.</param>
    /// <returns><c>[1, C, grid, grid]</c>.</returns>
    public GraphValue EncodeMask(GraphScope scope, GraphValue mask)
    {
        GraphScope downscaling = scope["mask_downscaling"];
        using IDisposable naming = downscaling.Enter();
        int wide = configuration.MaskInputChannels;
        GraphValue half = downscaling["0"].Conv(mask, wide / 4, kernel: 2, stride: 2);
        GraphValue quarter = downscaling["3"].Conv(NormGelu(downscaling["1"], half), wide, kernel: 2, stride: 2);
        return downscaling["6"].Conv(NormGelu(downscaling["4"], quarter), configuration.Channels, kernel: 1);
    }

    /// <summary>The dense embedding that stands for "no mask": the same everywhere.</summary>
    /// <param name="scope">At <c>prompt_encoder</c>.</param>
    /// <returns><c>[1, C, 1, 1]</c>.</returns>
    public GraphValue NoMask(GraphScope scope) =>
        scope["no_mask_embed"].Weight("weight", 1, configuration.Channels).Reshape(1, configuration.Channels, 1, 1);

    private GraphValue PointEmbedding(GraphScope scope, int index) =>
        scope["point_embeddings"][index].Weight("weight", 1, configuration.Channels);

    private static GraphValue NormGelu(GraphScope norm, GraphValue map) =>
        norm.LayerNorm(map.Transpose(0, 2, 3, 1), Epsilon).Gelu().Transpose(0, 3, 1, 2);
}
