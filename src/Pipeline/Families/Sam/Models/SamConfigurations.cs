using FrozenSeg.Pipeline.Families.Sam.Networks;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Families.Sam.Models;

/// <summary>The published SAM networks by name, and finding out which one a weight file holds.</summary>
internal static class SamConfigurations
{
    /// <summary>MobileSAM.</summary>
    public static SamConfiguration VitT { get; } = new() { Name = "vit_t", Encoder = new TinyVitConfiguration() };

    /// <summary>SAM ViT-B.</summary>
    public static SamConfiguration VitB { get; } = Vit("vit_b", 768, 12, 12, [2, 5, 8, 11]);

    /// <summary>SAM ViT-L.</summary>
    public static SamConfiguration VitL { get; } = Vit("vit_l", 1024, 24, 16, [5, 11, 17, 23]);

    /// <summary>SAM ViT-H.</summary>
    public static SamConfiguration VitH { get; } = Vit("vit_h", 1280, 32, 16, [7, 15, 23, 31]);

    /// <summary>Every published network, plain and HQ.</summary>
    public static IReadOnlyList<SamConfiguration> All { get; } =
        [VitT, VitB, VitL, VitH, HighQuality(VitT), HighQuality(VitB), HighQuality(VitL), HighQuality(VitH)];

    /// <summary>The network called <paramref name="name"/>, or null.</summary>
    public static SamConfiguration? Find(string name) =>
        All.FirstOrDefault(configuration => configuration.Name == name);

    /// <summary>The HQ-SAM version of a network, named <c>hq_…</c>.</summary>
    public static SamConfiguration HighQuality(SamConfiguration configuration) =>
        configuration with { Name = $"hq_{configuration.Name}", IsHighQuality = true };

    /// <summary>
    /// Reads the sizes off the tensors of a weight file with official key names; what no shape tells comes from the
    /// file's metadata (<c>decoder_heads</c>, <c>heads</c>, <c>global_blocks</c>), or is as published.
    /// </summary>
    /// <exception cref="SegmentationProblemException">The file holds no SAM.</exception>
    public static SamConfiguration Detect(IWeightSource weights, IReadOnlyDictionary<string, string> metadata)
    {
        bool highQuality = weights.Find("mask_decoder.hf_token.weight") is not null;
        SamConfiguration configuration = weights.Find("image_encoder.patch_embed.seq.0.c.weight") is not null
            ? VitT with { Name = metadata.GetValueOrDefault("name", VitT.Name) }
            : DetectVit(weights, metadata);
        return highQuality ? HighQuality(configuration) : configuration;
    }

    private static SamConfiguration Vit(string name, int width, int depth, int heads, int[] globalBlocks) => new()
    {
        Name = name,
        Encoder =
            new VitEncoderConfiguration { Width = width, Depth = depth, Heads = heads, GlobalBlocks = globalBlocks },
    };

    private static SamConfiguration DetectVit(IWeightSource weights, IReadOnlyDictionary<string, string> metadata)
    {
        var sizes = new WeightSizes(
            weights, "SAM network", "Give SAM, MobileSAM or HQ-SAM weights with official or Hugging Face names");
        TensorShape positions = sizes.Of("image_encoder.pos_embed", rank: 4);
        int grid = positions[1], width = positions[3],
            patch = sizes.Of("image_encoder.patch_embed.proj.weight", rank: 4)[2];
        var encoder = new VitEncoderConfiguration
        {
            Width = width,
            Depth = sizes.Count("image_encoder.blocks.{0}.norm1.weight"),
            MlpRatio = sizes.Of("image_encoder.blocks.0.mlp.lin1.weight", rank: 2)[0] / width,
            Heads = 0,
            GlobalBlocks = [],
        };
        encoder = sizes.Has("image_encoder.blocks.0.attn.rel_pos_h")
            ? WithPositionTables(encoder, sizes, grid)
            : WithMetadata(encoder, sizes, metadata);
        if (encoder.Depth == 0 || encoder.Heads == 0 || width % encoder.Heads != 0)
            throw sizes.Unknown($"{encoder.Depth} blocks of {encoder.Heads} heads do not make an encoder {width} wide");

        var configuration = new SamConfiguration
        {
            Name = metadata.GetValueOrDefault("name", "sam"),
            Encoder = encoder,
            ImageSize = grid * patch,
            PatchSize = patch,
            Channels = sizes.Of("image_encoder.neck.0.weight", rank: 4)[0],
            DecoderHeads = Metadata.Number(metadata, "decoder_heads") ?? 8,
            DecoderMlpWidth = sizes.Of("mask_decoder.transformer.layers.0.mlp.lin1.weight", rank: 2)[0],
            DecoderLayers = sizes.Count("mask_decoder.transformer.layers.{0}.norm1.weight"),
            MaskInputChannels = sizes.Of("prompt_encoder.mask_downscaling.3.weight", rank: 4)[0],
        };
        return new[] { VitB, VitL, VitH }.FirstOrDefault(known => IsSame(known, configuration)) ?? configuration;
    }

    // Tables are 2·S−1 long with S the window, or the whole map in global blocks; their width is that of a head.
    private static VitEncoderConfiguration WithPositionTables(
        VitEncoderConfiguration encoder, WeightSizes sizes, int grid)
    {
        int[] sides = [.. Enumerable.Range(0, encoder.Depth).Select(
            block => (sizes.Of($"image_encoder.blocks.{block}.attn.rel_pos_h", rank: 2)[0] + 1) / 2)];
        int headWidth = sizes.Of("image_encoder.blocks.0.attn.rel_pos_h", rank: 2)[1];
        int window = sides.Append(grid).Min();
        return encoder with
        {
            Heads = encoder.Width / headWidth,
            WindowSize = window,
            GlobalBlocks =
                [.. Enumerable.Range(0, encoder.Depth).Where(block => sides[block] == grid && window < grid)],
        };
    }

    private static VitEncoderConfiguration WithMetadata(
        VitEncoderConfiguration encoder, WeightSizes sizes, IReadOnlyDictionary<string, string> metadata) =>
        encoder with
        {
            HasRelativePositions = false,
            Heads = Metadata.Number(metadata, "heads") ?? throw sizes.Unknown("its metadata has no number 'heads'"),
            WindowSize = Metadata.Number(metadata, "window_size")
                ?? throw sizes.Unknown("its metadata has no number 'window_size'"),
            GlobalBlocks = Metadata.Numbers(metadata, "global_blocks"),
        };

    private static bool IsSame(SamConfiguration known, SamConfiguration found)
    {
        var a = (VitEncoderConfiguration)known.Encoder;
        var b = (VitEncoderConfiguration)found.Encoder;
        return a.Width == b.Width && a.Depth == b.Depth && a.Heads == b.Heads && known.ImageSize == found.ImageSize;
    }
}
