using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Pipeline.Families.Sam3.Checkpoints;

/// <summary>Reads the sizes of a SAM 3 off its tensors.</summary>
internal static class Sam3Configurations
{
    private const string Trunk = "detector.backbone.vision_backbone.trunk.";
    private const string Text = "detector.backbone.language_backbone.encoder.";
    private const string Decoder = "detector.transformer.decoder.";
    private const int HeadWidth = 64, Stages = 4, TrainedSquares = 3;

    /// <summary>
    /// The sizes. What no shape tells comes from the rotary tables, where the file holds them, or from its metadata
    /// (<c>vision_heads</c>, <c>text_heads</c>, <c>window</c>, <c>image_size</c>, <c>global_blocks</c>), or is as
    /// published.
    /// </summary>
    /// <param name="shape">The shape of an official tensor; null when there is none.</param>
    /// <param name="name">Name of the file, for messages.</param>
    /// <param name="metadata">Free text of the file.</param>
    /// <param name="tables">Shapes of the blocks' rotary tables, by number.</param>
    /// <exception cref="Shared.Problems.SegmentationProblemException">The file holds no whole SAM 3; the first missing
    /// tensor is named.</exception>
    public static Sam3Configuration Detect(
        Func<string, TensorShape?> shape,
        string name,
        IReadOnlyDictionary<string, string> metadata,
        IReadOnlyList<TensorShape> tables)
    {
        var sizes = new WeightSizes(
            new Shapes(shape, name),
            "whole SAM 3",
            "Give sam3.pt, SAM 3.1's multiplex checkpoint, or the safetensors of facebook/sam3");
        TensorShape positions = sizes.Of(Trunk + "pos_embed", rank: 3),
            patches = sizes.Of(Trunk + "patch_embed.proj.weight", rank: 4);
        TensorShape words = sizes.Of(Text + "token_embedding.weight", rank: 2);
        int trained = (int)Math.Sqrt(positions[1] - 1), width = positions[2],
            depth = sizes.Count(Trunk + "blocks.{0}.norm1.weight");
        var configuration = new Sam3Configuration
        {
            PatchSize = patches[2],
            PositionGrid = trained,
            Window = Metadata.Number(metadata, "window") ?? trained,
            ImageSize = Metadata.Number(metadata, "image_size") ?? TrainedSquares * trained * patches[2],
            VisionWidth = width,
            VisionDepth = depth,
            VisionHeads = Metadata.Number(metadata, "vision_heads") ?? width / HeadWidth,
            VisionHidden = sizes.Of(Trunk + "blocks.0.mlp.fc1.weight", rank: 2)[0],
            GlobalBlocks = metadata.ContainsKey("global_blocks")
                ? Metadata.Numbers(metadata, "global_blocks")
                : [.. Enumerable.Range(1, Stages).Select(stage => (stage * depth / Stages) - 1).Where(
                    block => block >= 0)],
            TextWidth = words[1],
            TextHeads = Metadata.Number(metadata, "text_heads") ?? words[1] / HeadWidth,
            TextLayers = sizes.Count(Text + "transformer.resblocks.{0}.ln_1.weight"),
            Vocabulary = words[0],
            Context = sizes.Of(Text + "positional_embedding", rank: 2)[0],
            Width = sizes.Of(Decoder + "query_embed.weight", rank: 2)[1],
            Queries = sizes.Of(Decoder + "query_embed.weight", rank: 2)[0],
            Hidden = sizes.Of(Decoder + "layers.0.linear1.weight", rank: 2)[0],
            GeometryLayers = sizes.Count("detector.geometry_encoder.encode.{0}.norm1.weight"),
            FusionLayers = sizes.Count("detector.transformer.encoder.layers.{0}.norm1.weight"),
            DecoderLayers = sizes.Count(Decoder + "layers.{0}.norm1.weight"),
            PoolSize = sizes.Of("detector.geometry_encoder.boxes_pool_project.weight", rank: 4)[2],
        };
        if (shape("tracker.sam_mask_decoder.transformer.layers.0.mlp.lin1.weight") is { Rank: 2 } perceptron)
            configuration = configuration with { InteractiveHidden = perceptron[0] };
        if (shape("tracker.sam_prompt_encoder.mask_downscaling.3.weight") is { Rank: 4 } mask)
            configuration = configuration with { MaskInputChannels = mask[0] };
        configuration = WithTables(configuration, tables);
        return configuration.VisionDepth > 0
            && configuration.VisionHeads > 0
            && width % configuration.VisionHeads == 0
            && configuration.TextHeads > 0
            && configuration.Window > 0
            ? configuration
            : throw sizes.Unknown(
                $"{depth} blocks of {configuration.VisionHeads} heads do not make a backbone {width} wide");
    }

    // A table has a row for every token of its field and a number for every pair of a head.
    private static Sam3Configuration WithTables(Sam3Configuration configuration, IReadOnlyList<TensorShape> tables)
    {
        if (tables.Count != configuration.VisionDepth
            || tables.Any(table => table.Rank != 2 || table[0] < 1 || table[1] < 1))
            return configuration;
        int largest = tables.Max(table => table[0]), grid = (int)Math.Sqrt(largest);
        return configuration with
        {
            VisionHeads = configuration.VisionWidth / (2 * tables[0][1]),
            Window = (int)Math.Sqrt(tables.Min(table => table[0])),
            ImageSize = grid * configuration.PatchSize,
            GlobalBlocks = [.. Enumerable.Range(0, tables.Count).Where(block => tables[block][0] == largest)],
        };
    }

    // Shapes alone, as tensors that lie nowhere.
    private sealed class Shapes(Func<string, TensorShape?> shape, string name) : IWeightSource
    {
        public string Name => name;

        public IReadOnlyCollection<string> Names => [];

        public WeightTensor? Find(string tensor) =>
            shape(tensor) is TensorShape found ? new WeightTensor(tensor, ElementType.Float32, found, "", 0) : null;
    }
}
