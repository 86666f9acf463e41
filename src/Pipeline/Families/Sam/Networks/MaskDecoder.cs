using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Blocks;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Families.Sam.Networks;

/// <summary>
/// SAM's mask decoder (sam.md 4) in two halves: tokens and predicted IoU first, masks only for the prompts that are
/// still wanted after that.
/// </summary>
/// <param name="configuration">Sizes.</param>
internal sealed class MaskDecoder(SamConfiguration configuration)
{
    private const float LayerNorm2dEpsilon = 1e-6f;
    private const int MaskTokens = 4;

    private readonly TwoWayTransformer _transformer = new(configuration);

    // Channels of the upscaled image: C/4 after the first step, C/8 after the second.
    private int Upscaled => configuration.Channels / 8;

    /// <summary>The prompt-independent part.</summary>
    /// <param name="root">Root of the weights.</param>
    /// <param name="embedding"><c>[1, C, grid, grid]</c>.</param>
    /// <param name="dense"><c>[1, C, grid, grid]</c> or broadcast to it.</param>
    public DecoderImage Prepare(GraphScope root, GraphValue embedding, GraphValue dense)
    {
        GraphValue image = (embedding + dense).Reshape(configuration.Channels, Dimension.Rest).Transpose(1, 0);
        return _transformer.Prepare(root["mask_decoder"]["transformer"], image, Positions(root));
    }

    /// <summary>Runs the transformer over prompts.</summary>
    /// <param name="root">Root of the weights.</param>
    /// <param name="sparse">Prompt tokens <c>[B, N, C]</c>.</param>
    /// <param name="image">The prepared picture.</param>
    /// <returns>Tokens <c>[B, 5 + N, C]</c> (with HQ 6 + N) and image cells.</returns>
    public (GraphValue Tokens, DecoderCells Cells) Attend(GraphScope root, GraphValue sparse, DecoderImage image)
    {
        return _transformer.Attend(root["mask_decoder"]["transformer"], Tokens(root, sparse), image, Positions(root));
    }

    /// <summary>The decoder's own tokens before those of the prompts, <c>[B, 5 + N, C]</c> (with HQ 6 + N).</summary>
    /// <param name="root">Root of the weights.</param>
    /// <param name="sparse">Prompt tokens <c>[B, N, C]</c>.</param>
    public GraphValue Tokens(GraphScope root, GraphValue sparse)
    {
        GraphScope scope = root["mask_decoder"];
        List<GraphValue> own =
        [
            scope["iou_token"].Weight("weight", 1, configuration.Channels),
            scope["mask_tokens"].Weight("weight", MaskTokens, configuration.Channels),
        ];
        if (configuration.IsHighQuality)
            own.Add(scope["hf_token"].Weight("weight", 1, configuration.Channels));

        GraphValue output = Shaping.Concat(0, [.. own]);
        int count = output[0].Value;
        GraphValue sizes = Shaping.Concat(
            0, sparse.ShapeOf(0, 1), sparse.Graph.Integers(count, configuration.Channels));
        GraphValue repeated = output.Unsqueeze(0).Expand(sizes, sparse[0], count, configuration.Channels);
        return Shaping.Concat(1, repeated, sparse);
    }

    /// <summary>Predicted IoU of all four masks, <c>[B, 4]</c>; not limited to 0..1.</summary>
    public GraphValue PredictIoU(GraphScope root, GraphValue tokens) =>
        Mlp(root["mask_decoder"]["iou_prediction_head"], Token(tokens, 0), configuration.Channels, MaskTokens);

    /// <summary>
    /// Weights of the masks, <c>[B, 4, C/8]</c>, with HQ <c>[B, 5, C/8]</c>, the last for the HQ mask.
    /// </summary>
    public GraphValue Hypernetworks(GraphScope root, GraphValue tokens)
    {
        GraphScope scope = root["mask_decoder"];
        List<GraphValue> rows = [];
        for (int mask = 0; mask < MaskTokens; mask++)
        {
            GraphScope network = scope["output_hypernetworks_mlps"][mask];
            rows.Add(Mlp(network, Token(tokens, 1 + mask), configuration.Channels, Upscaled).Unsqueeze(1));
        }

        if (configuration.IsHighQuality)
            rows.Add(
                Mlp(scope["hf_mlp"], Token(tokens, 1 + MaskTokens), configuration.Channels, Upscaled).Unsqueeze(1));
        return Shaping.Concat(1, [.. rows]);
    }

    /// <summary>
    /// Upscales image cells by four. Pixels stay grouped by the cell they came from, which spares moving 64 numbers a
    /// pixel; <see cref="ToPlane"/> puts the few finished ones in order.
    /// </summary>
    /// <param name="root">Root of the weights.</param>
    /// <param name="normalCells">Cells after <see cref="Attend"/>, without their norm's scale and shift,
    /// <c>[B, grid², C]</c>.</param>
    /// <returns><c>[B, grid²·16, C/8]</c>, ordered (cell, a, b, c, d) with a, c down and b, d across.</returns>
    public GraphValue Upscale(GraphScope root, GraphValue normalCells)
    {
        GraphScope scope = root["mask_decoder"]["output_upscaling"];
        GraphScope norm = root["mask_decoder"]["transformer"]["layers"][configuration.DecoderLayers - 1]["norm4"];
        using IDisposable naming = scope.Enter();
        GraphValue twice = TransposedConvolution.ApplyAfterNorm(
            scope["0"],
            normalCells.Reshape(Dimension.Rest, configuration.Channels),
            configuration.Channels / 4,
            norm.Weight("weight", configuration.Channels),
            norm.Weight("bias", configuration.Channels));
        GraphValue active = scope["1"].LayerNorm(twice, LayerNorm2dEpsilon).Gelu();
        GraphValue pixels = TransposedConvolution.Apply(scope["3"], active, Upscaled).Gelu();
        return pixels.Reshape(
            normalCells[0].IsFixed ? normalCells[0] : "prompts",
            16 * configuration.GridSize * configuration.GridSize,
            Upscaled);
    }

    /// <summary>Mask logits as inner products of pixels and hypernetwork weights.</summary>
    /// <param name="weights"><c>[B, M, C/8]</c>.</param>
    /// <param name="pixels">From <see cref="Upscale"/>.</param>
    /// <returns><c>[B, M, 4·grid, 4·grid]</c>.</returns>
    public GraphValue Masks(GraphValue weights, GraphValue pixels)
    {
        GraphValue grouped = weights.MatMulTransposed(pixels);
        GraphValue plane = ToPlane(grouped.Reshape(Dimension.Rest, grouped[2]));
        GraphValue sizes = Shaping.Concat(
            0, weights.ShapeOf(0, 2), weights.Graph.Integers(configuration.MaskSize, configuration.MaskSize));
        return plane.Reshape(sizes, weights[0], weights[1], configuration.MaskSize, configuration.MaskSize);
    }

    /// <summary>
    /// Puts pixels grouped by cell, <c>[N, grid²·16]</c>, in the order of rows: <c>[N, 4·grid, 4·grid]</c>.
    /// </summary>
    public GraphValue ToPlane(GraphValue grouped)
    {
        int side = configuration.GridSize;
        return grouped.Reshape(grouped[0], side, side, 2, 2, 2, 2)
            .Transpose(0, 1, 3, 5, 2, 4, 6)
            .Reshape(grouped[0], configuration.MaskSize, configuration.MaskSize);
    }

    private GraphValue Positions(GraphScope root) =>
        PositionEncoding.EncodeGrid(root["prompt_encoder"], configuration.GridSize, configuration.Channels);

    private GraphValue Token(GraphValue tokens, int index) =>
        tokens.Slice(1, index, index + 1).Reshape(tokens[0], configuration.Channels);

    private static GraphValue Mlp(GraphScope scope, GraphValue x, int hidden, int output)
    {
        GraphScope layers = scope["layers"];
        return layers["2"].Linear(layers["1"].Linear(layers["0"].Linear(x, hidden).Relu(), hidden).Relu(), output);
    }
}
