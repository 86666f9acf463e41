using FrozenSeg.Pipeline.Families.Clip;
using FrozenSeg.Pipeline.Families.Clip.Backbones;
using FrozenSeg.Pipeline.Families.Clip.Text;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Networks;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Configuration;

/// <summary>The published models by name, and finding out what a checkpoint holds.</summary>
internal static class FrozenSegConfigurations
{
    private const string Head = "sem_seg_head.pixel_decoder", Predictor = "sem_seg_head.predictor";

    /// <summary>FrozenSeg on CLIP ConvNeXt-L with SAM ViT-B.</summary>
    public static FrozenSegConfiguration ConvNextLarge { get; } = Published(
        "convnext_large",
        ClipBackbones.ConvNextLarge,
        new ClipTextConfiguration
        {
            Width = 768,
            Layers = 16,
            Heads = 12,
            EmbeddingSize = 768,
            Activation = ClipActivation.Gelu,
        });

    /// <summary>FrozenSeg on CLIP RN50x64 with SAM ViT-B.</summary>
    public static FrozenSegConfiguration ResNet50x64 { get; } = Published(
        "rn50x64",
        ClipBackbones.ResNet50x64,
        new ClipTextConfiguration
        {
            Width = 1024,
            Layers = 12,
            Heads = 16,
            EmbeddingSize = 1024,
            Activation = ClipActivation.QuickGelu,
        });

    /// <summary>The published configurations.</summary>
    public static IReadOnlyList<FrozenSegConfiguration> All { get; } = [ConvNextLarge, ResNet50x64];

    /// <summary>The same model with the injectors off: FC-CLIP.</summary>
    public static FrozenSegConfiguration WithoutInjectors(FrozenSegConfiguration configuration) => configuration with
    {
        Sam = null,
        PixelDecoder = configuration.PixelDecoder with { SamChannels = null },
        Decoder = configuration.Decoder with { HasInjectors = false },
    };

    /// <summary>Whether a checkpoint has the SAM branch.</summary>
    public static bool HasInjectors(IWeightSource weights) => weights.Find($"{Head}.fpn3.0.weight") is not null;

    /// <summary>
    /// Reads the sizes off the tensors; what no shape tells comes from the metadata (docs/models.md), or is as
    /// published.
    /// </summary>
    /// <param name="weights">Decoder weights under official names.</param>
    /// <param name="clip">CLIP weights under OpenAI's names.</param>
    /// <param name="sam">SAM weights under official names; null without.</param>
    /// <param name="metadata">Of the checkpoint.</param>
    /// <param name="samMetadata">Of the file that holds SAM.</param>
    /// <exception cref="SegmentationProblemException">Something is missing or contradicts itself.</exception>
    public static FrozenSegConfiguration Detect(
        IWeightSource weights,
        IWeightSource clip,
        IWeightSource? sam,
        IReadOnlyDictionary<string, string> metadata,
        IReadOnlyDictionary<string, string> samMetadata)
    {
        ClipBackboneConfiguration backbone = ClipBackbones.Detect(clip, metadata);
        ClipActivation activation = backbone is ResNetConfiguration ? ClipActivation.QuickGelu : ClipActivation.Gelu;
        return new FrozenSegConfiguration
        {
            Name = metadata.GetValueOrDefault("name") ?? weights.Name,
            Backbone = backbone,
            Text = ClipConfigurations.Detect(clip, metadata, activation).Text,
            PixelDecoder = DetectPixelDecoder(weights, backbone, metadata),
            Decoder = DetectDecoder(weights, metadata),
            Sam = sam is null ? null : SamConfigurations.Detect(sam, samMetadata),
            Input = DetectInput(backbone, metadata),
            PoolingScale = Metadata.Number(metadata, "clip.pooling_scale") ?? 1,
            Templates = DetectTemplates(metadata),
            TrainingVocabulary = metadata.TryGetValue("training.vocabulary", out string? names)
                ? Vocabulary.Parse(names)
                : null,
            Options = DetectOptions(metadata),
        };
    }

    private static FrozenSegConfiguration Published(
        string name, ClipBackboneConfiguration backbone, ClipTextConfiguration text) => new()
        {
            Name = name,
            Backbone = backbone,
            Text = text,
            PixelDecoder = new PixelDecoderConfiguration { InputChannels = backbone.Channels },
            Decoder = new MaskedDecoderConfiguration { EmbeddingWidth = backbone.EmbeddingWidth },
            Sam = SamConfigurations.VitB,
        };

    private static WeightSizes Sizes(IWeightSource weights) =>
        new(weights, "FrozenSeg or FC-CLIP decoder", "Give a checkpoint with detectron2's key names");

    private static PixelDecoderConfiguration DetectPixelDecoder(
        IWeightSource weights, ClipBackboneConfiguration backbone, IReadOnlyDictionary<string, string> metadata)
    {
        const string Layer = $"{Head}.transformer.encoder.layers";
        WeightSizes sizes = Sizes(weights);
        int levels = sizes.Count($"{Head}.input_proj.{{0}}.0.weight");
        int width = sizes.Of($"{Head}.input_proj.0.0.weight", rank: 4)[0];
        int heads = Metadata.Number(metadata, "pixel_decoder.heads") ?? 8;
        int samples = sizes.Of($"{Layer}.0.self_attn.attention_weights.weight", rank: 2)[0];
        if (samples % (heads * levels) != 0 || width % heads != 0)
            throw sizes.Unknown($"{samples} samples of a width of {width} are not {heads} heads on {levels} levels");
        return new PixelDecoderConfiguration
        {
            InputChannels = backbone.Channels,
            Width = width,
            Heads = heads,
            Levels = levels,
            Points = samples / (heads * levels),
            Layers = sizes.Count($"{Layer}.{{0}}.norm1.weight"),
            FeedForwardWidth = sizes.Of($"{Layer}.0.linear1.weight", rank: 2)[0],
            Groups = Metadata.Number(metadata, "pixel_decoder.groups") ?? 32,
            SamChannels = HasInjectors(weights) ? sizes.Of($"{Head}.fpn3.0.weight", rank: 4)[1] : null,
            SamLayers = sizes.Count($"{Head}.sam_transformer.encoder.layers.{{0}}.norm1.weight"),
        };
    }

    private static MaskedDecoderConfiguration DetectDecoder(
        IWeightSource weights, IReadOnlyDictionary<string, string> metadata)
    {
        WeightSizes sizes = Sizes(weights);
        TensorShape queries = sizes.Of($"{Predictor}.query_feat.weight", rank: 2);
        return new MaskedDecoderConfiguration
        {
            Width = queries[1],
            Queries = queries[0],
            Heads = Metadata.Number(metadata, "predictor.heads") ?? 8,
            Layers = sizes.Count($"{Predictor}.transformer_ffn_layers.{{0}}.linear1.weight"),
            Levels = sizes.Of($"{Predictor}.level_embed.weight", rank: 2)[0],
            FeedForwardWidth = sizes.Of($"{Predictor}.transformer_ffn_layers.0.linear1.weight", rank: 2)[0],
            EmbeddingWidth = sizes.Of($"{Predictor}.class_embed.layers.2.weight", rank: 2)[0],
            HasInjectors = HasInjectors(weights),
        };
    }

    private static FrozenSegInputOptions DetectInput(
        ClipBackboneConfiguration backbone, IReadOnlyDictionary<string, string> metadata)
    {
        var published = new FrozenSegInputOptions();
        return new FrozenSegInputOptions
        {
            MinSize = Metadata.Number(metadata, "input.min_size") ?? published.MinSize,
            MaxSize = Metadata.Number(metadata, "input.max_size") ?? published.MaxSize,
            Divisibility = Metadata.Number(metadata, "input.divisibility") ?? backbone.DenseStride,
            Mean = Metadata.Colour(metadata, "input.pixel_mean") ?? published.Mean,
            StandardDeviation = Metadata.Colour(metadata, "input.pixel_std") ?? published.StandardDeviation,
        };
    }

    private static IReadOnlyList<string> DetectTemplates(IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue("text.templates", out string? text))
            return PromptTemplates.Scene;
        string[] templates = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return templates.Length > 0
            && templates.All(template => template.Contains(PromptTemplates.Plain, StringComparison.Ordinal))
            ? templates
            : throw SegmentationProblem.InvalidModel(
                "metadata text.templates", "a template has no {} for the name", "Correct the file's metadata");
    }

    private static FrozenSegOptions DetectOptions(IReadOnlyDictionary<string, string> metadata)
    {
        var published = new FrozenSegOptions();
        return published with
        {
            Alpha = Metadata.Real(metadata, "ensemble.alpha") ?? published.Alpha,
            Beta = Metadata.Real(metadata, "ensemble.beta") ?? published.Beta,
            ObjectMaskThreshold = Metadata.Real(metadata, "panoptic.object_mask_threshold")
                ?? published.ObjectMaskThreshold,
            OverlapThreshold = Metadata.Real(metadata, "panoptic.overlap_threshold") ?? published.OverlapThreshold,
        };
    }
}
