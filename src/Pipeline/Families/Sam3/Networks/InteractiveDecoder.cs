using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Families.Sam.Networks;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Blocks;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Families.Sam3.Networks;

/// <summary>
/// SAM 3's head for points, boxes and masks (sam3.md 5): SAM's mask decoder with a token more, which says whether there
/// is an object, with the neck's finer maps added while masks grow, and with a sigmoid after the predicted IoU.
/// </summary>
/// <param name="configuration">Sizes.</param>
internal sealed class InteractiveDecoder(Sam3Configuration configuration)
{
    /// <summary>Masks that every prompt gets: one for a clear prompt, then three.</summary>
    public const int MaskTokens = 4;

    private const float LayerNorm2dEpsilon = 1e-6f;

    // The decoder's own tokens: object, IoU, masks.
    private const int ObjectToken = 0, IoUToken = 1, FirstMaskToken = 2;

    private readonly SamConfiguration _sam = AsSam(configuration);

    /// <summary>The prompts' encoder; SAM's own.</summary>
    public PromptEncoder Prompts => new(_sam);

    private TwoWayTransformer Transformer => new(_sam);

    private int Upscaled => configuration.Width / 8;

    /// <summary>The finer maps narrowed to what is added to growing masks; once a picture.</summary>
    /// <param name="tracker">At <c>tracker</c>.</param>
    /// <param name="fine"><c>[1, d, 4 G, 4 G]</c>.</param>
    /// <param name="middle"><c>[1, d, 2 G, 2 G]</c>.</param>
    /// <returns><c>[1, d/8, 4 G, 4 G]</c> and <c>[1, d/4, 2 G, 2 G]</c>.</returns>
    public (GraphValue Fine, GraphValue Middle) Narrow(GraphScope tracker, GraphValue fine, GraphValue middle)
    {
        GraphScope decoder = tracker["sam_mask_decoder"];
        return (
            decoder["conv_s0"].Conv(fine, Upscaled, kernel: 1),
            decoder["conv_s1"].Conv(middle, configuration.Width / 4, kernel: 1));
    }

    /// <summary>What decoding needs of a picture and of a mask that is given.</summary>
    /// <param name="tracker">At <c>tracker</c>.</param>
    /// <param name="coarse"><c>[1, d, G, G]</c>.</param>
    /// <param name="dense">The encoded mask <c>[1, d, G, G]</c>, or that there is none, <c>[1, d, 1, 1]</c>.</param>
    public DecoderImage Prepare(GraphScope tracker, GraphValue coarse, GraphValue dense)
    {
        // A picture has no memory of earlier ones.
        GraphValue alone = tracker.Weight("no_mem_embed", 1, 1, configuration.Width)
            .Reshape(1, configuration.Width, 1, 1);
        GraphValue image = Sam3Layers.ToRows(coarse + alone + dense);
        return Transformer.Prepare(tracker["sam_mask_decoder"]["transformer"], image, Positions(tracker));
    }

    /// <summary>Runs the transformer over prompts.</summary>
    /// <param name="tracker">At <c>tracker</c>.</param>
    /// <param name="sparse">Prompt tokens <c>[B, N, d]</c>.</param>
    /// <param name="image">The prepared picture.</param>
    /// <returns>Tokens <c>[B, 6 + N, d]</c>: object, IoU, four masks, prompt; and image cells.</returns>
    public (GraphValue Tokens, DecoderCells Cells) Attend(GraphScope tracker, GraphValue sparse, DecoderImage image)
    {
        GraphScope decoder = tracker["sam_mask_decoder"];
        GraphValue own = Shaping.Concat(
            0,
            decoder["obj_score_token"].Weight("weight", 1, configuration.Width),
            decoder["iou_token"].Weight("weight", 1, configuration.Width),
            decoder["mask_tokens"].Weight("weight", MaskTokens, configuration.Width));
        int count = own[0].Value;
        GraphValue sizes = Shaping.Concat(0, sparse.ShapeOf(0, 1), sparse.Graph.Integers(count, configuration.Width));
        GraphValue repeated = own.Unsqueeze(0).Expand(sizes, sparse[0], count, configuration.Width);
        return Transformer.Attend(
            decoder["transformer"], Shaping.Concat(1, repeated, sparse), image, Positions(tracker));
    }

    /// <summary>Predicted IoU of all four masks, <c>[B, 4]</c>.</summary>
    public GraphValue PredictIoU(GraphScope tracker, GraphValue tokens)
    {
        GraphValue predicted = MultilayerPerceptron.Apply(
            tracker["sam_mask_decoder"]["iou_prediction_head"],
            Token(tokens, IoUToken),
            configuration.Width,
            configuration.Width,
            MaskTokens);
        return configuration.HasSigmoidIoU ? predicted.Sigmoid() : predicted;
    }

    /// <summary>Whether the prompt shows an object at all: a logit, <c>[B, 1]</c>.</summary>
    public GraphValue ObjectLogit(GraphScope tracker, GraphValue tokens) => MultilayerPerceptron.Apply(
        tracker["sam_mask_decoder"]["pred_obj_score_head"],
        Token(tokens, ObjectToken),
        configuration.Width,
        configuration.Width,
        1);

    /// <summary>Weights of the masks, <c>[B, 4, d/8]</c>.</summary>
    public GraphValue Hypernetworks(GraphScope tracker, GraphValue tokens) => Shaping.Concat(
        1,
        [.. Enumerable.Range(0, MaskTokens).Select(mask => MultilayerPerceptron.Apply(
            tracker["sam_mask_decoder"]["output_hypernetworks_mlps"][mask],
            Token(tokens, FirstMaskToken + mask),
            configuration.Width,
            configuration.Width,
            Upscaled).Unsqueeze(1))]);

    /// <summary>Mask logits. Pixels stay grouped by the cell they came from until one number is left of each.</summary>
    /// <param name="tracker">At <c>tracker</c>.</param>
    /// <param name="normalCells">Cells after <see cref="Attend"/>, without their norm's scale and shift, <c>[B, G²,
    /// d]</c>.</param>
    /// <param name="weights"><c>[B, M, d/8]</c>.</param>
    /// <param name="fine">Of <see cref="Narrow"/>.</param>
    /// <param name="middle">Of <see cref="Narrow"/>.</param>
    /// <returns><c>[B, M, 4 G, 4 G]</c>.</returns>
    public GraphValue Masks(
        GraphScope tracker, GraphValue normalCells, GraphValue weights, GraphValue fine, GraphValue middle)
    {
        GraphScope scope = tracker["sam_mask_decoder"]["output_upscaling"];
        GraphScope norm = tracker["sam_mask_decoder"]["transformer"]["layers"][_sam.DecoderLayers - 1]["norm4"];
        int quarter = configuration.Width / 4, cells = configuration.Grid * configuration.Grid;
        GraphValue twice = TransposedConvolution.ApplyAfterNorm(
            scope["0"],
            normalCells.Reshape(Dimension.Rest, configuration.Width),
            quarter,
            norm.Weight("weight", configuration.Width),
            norm.Weight(
                "bias", configuration.Width)).Reshape(Dimension.Rest, 4 * cells, quarter) + Grouped(middle, levels: 1);
        GraphValue active = scope["1"].LayerNorm(twice, LayerNorm2dEpsilon).Gelu();
        GraphValue four = TransposedConvolution.Apply(scope["3"], active.Reshape(Dimension.Rest, quarter), Upscaled)
            .Reshape(Dimension.Rest, 16 * cells, Upscaled);
        GraphValue grouped = weights.MatMulTransposed((four + Grouped(fine, levels: 2)).Gelu());
        GraphValue plane = new MaskDecoder(_sam).ToPlane(grouped.Reshape(Dimension.Rest, grouped[2]));
        GraphValue sizes = Shaping.Concat(
            0, weights.ShapeOf(0, 2), weights.Graph.Integers(configuration.MaskSize, configuration.MaskSize));
        return plane.Reshape(sizes, weights[0], weights[1], configuration.MaskSize, configuration.MaskSize);
    }

    private GraphValue Positions(GraphScope tracker) =>
        PositionEncoding.EncodeGrid(tracker["sam_prompt_encoder"], configuration.Grid, configuration.Width);

    private GraphValue Token(GraphValue tokens, int index) =>
        tokens.Slice(1, index, index + 1).Reshape(tokens[0], configuration.Width);

    // A map in the order of growing masks: cell by cell, inside by halves down and across; [pixels, C].
    private GraphValue Grouped(GraphValue map, int levels)
    {
        int grid = configuration.Grid, channels = map[1].Value;
        return levels == 1
            ? map.Reshape(channels, grid, 2, grid, 2).Transpose(1, 3, 2, 4, 0).Reshape(4 * grid * grid, channels)
            : map.Reshape(channels, grid, 2, 2, grid, 2, 2)
                .Transpose(1, 4, 2, 5, 3, 6, 0)
                .Reshape(16 * grid * grid, channels);
    }

    private static SamConfiguration AsSam(Sam3Configuration configuration) => new()
    {
        Name = "sam3",
        Encoder = new VitEncoderConfiguration
        {
            Width = configuration.VisionWidth,
            Depth = configuration.VisionDepth,
            Heads = configuration.VisionHeads,
            GlobalBlocks = configuration.GlobalBlocks,
        },
        ImageSize = configuration.ImageSize,
        PatchSize = configuration.PatchSize,
        Channels = configuration.Width,
        DecoderHeads = configuration.Heads,
        DecoderMlpWidth = configuration.InteractiveHidden,
        MaskInputChannels = configuration.MaskInputChannels,
    };
}
