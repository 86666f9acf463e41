using System.Globalization;
using FrozenSeg.Pipeline.Sam.Networks;
using FrozenSeg.Pipeline.Weights;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Sam;

/// <summary>The published SAM networks by name, and finding out which one a weight file holds.</summary>
public static class SamConfigurations
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
    public static SamConfiguration? Find(string name) => All.FirstOrDefault(model => model.Name == name);

    /// <summary>The HQ-SAM version of a network, named <c>hq_…</c>.</summary>
    public static SamConfiguration HighQuality(SamConfiguration model) =>
        model with { Name = $"hq_{model.Name}", IsHighQuality = true };

    /// <summary>
    /// Reads the sizes off the tensors of a weight file with official key names; what no shape tells comes from the
    /// file's metadata (<c>decoder_heads</c>, <c>heads</c>, <c>global_blocks</c>), or is as published.
    /// </summary>
    /// <exception cref="SegmentationProblemException">The file holds no SAM.</exception>
    public static SamConfiguration Detect(IWeightSource weights, IReadOnlyDictionary<string, string> metadata)
    {
        bool highQuality = weights.Find("mask_decoder.hf_token.weight") is not null;
        SamConfiguration model = weights.Find("image_encoder.patch_embed.seq.0.c.weight") is not null
            ? VitT
            : DetectVit(weights, metadata);
        return highQuality ? HighQuality(model) : model;
    }

    private static SamConfiguration Vit(string name, int width, int depth, int heads, int[] globalBlocks) => new()
    {
        Name = name,
        Encoder = new VitEncoderConfiguration { Width = width, Depth = depth, Heads = heads, GlobalBlocks = globalBlocks },
    };

    private static SamConfiguration DetectVit(IWeightSource weights, IReadOnlyDictionary<string, string> metadata)
    {
        WeightTensor positions = Require(weights, "image_encoder.pos_embed", rank: 4);
        WeightTensor patches = Require(weights, "image_encoder.patch_embed.proj.weight", rank: 4);
        WeightTensor neck = Require(weights, "image_encoder.neck.0.weight", rank: 4);
        WeightTensor mlp = Require(weights, "image_encoder.blocks.0.mlp.lin1.weight", rank: 2);
        WeightTensor decoderMlp = Require(weights, "mask_decoder.transformer.layers.0.mlp.lin1.weight", rank: 2);
        WeightTensor maskInput = Require(weights, "prompt_encoder.mask_downscaling.3.weight", rank: 4);

        int grid = positions.Shape[1], width = positions.Shape[3];
        var encoder = new VitEncoderConfiguration
        {
            Width = width,
            Depth = Count(weights, "image_encoder.blocks.{0}.norm1.weight"),
            MlpRatio = mlp.Shape[0] / width,
            Heads = 0,
            GlobalBlocks = [],
        };
        encoder = weights.Find("image_encoder.blocks.0.attn.rel_pos_h") is not null
            ? WithPositionTables(encoder, weights, grid)
            : WithMetadata(encoder, weights, metadata);

        var model = new SamConfiguration
        {
            Name = metadata.GetValueOrDefault("name", "sam"),
            Encoder = encoder,
            ImageSize = grid * patches.Shape[2],
            PatchSize = patches.Shape[2],
            Channels = neck.Shape[0],
            DecoderHeads = Number(metadata, "decoder_heads") ?? 8,
            DecoderMlpWidth = decoderMlp.Shape[0],
            DecoderLayers = Count(weights, "mask_decoder.transformer.layers.{0}.norm1.weight"),
            MaskInputChannels = maskInput.Shape[0],
        };
        return new[] { VitB, VitL, VitH }.FirstOrDefault(known => IsSame(known, model)) ?? model;
    }

    // Tables are 2·S−1 long with S the window, or the whole map in global blocks; their width is that of a head.
    private static VitEncoderConfiguration WithPositionTables(
        VitEncoderConfiguration encoder, IWeightSource weights, int grid)
    {
        int[] sides = [.. Enumerable.Range(0, encoder.Depth).Select(
            block => (Require(weights, $"image_encoder.blocks.{block}.attn.rel_pos_h", rank: 2).Shape[0] + 1) / 2)];
        int headWidth = Require(weights, "image_encoder.blocks.0.attn.rel_pos_h", rank: 2).Shape[1];
        return encoder with
        {
            Heads = encoder.Width / headWidth,
            WindowSize = sides.Min(),
            GlobalBlocks = [.. Enumerable.Range(0, encoder.Depth).Where(block => sides[block] == grid && sides.Min() < grid)],
        };
    }

    private static VitEncoderConfiguration WithMetadata(
        VitEncoderConfiguration encoder, IWeightSource weights, IReadOnlyDictionary<string, string> metadata) => encoder with
        {
            HasRelativePositions = false,
            Heads = Number(metadata, "heads") ?? throw Unknown(weights, "its metadata has no number 'heads'"),
            WindowSize = Number(metadata, "window_size") ?? throw Unknown(weights, "its metadata has no number 'window_size'"),
            GlobalBlocks = [.. metadata.GetValueOrDefault("global_blocks", "")
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(text => int.Parse(text, CultureInfo.InvariantCulture))],
        };

    private static bool IsSame(SamConfiguration known, SamConfiguration found)
    {
        var a = (VitEncoderConfiguration)known.Encoder;
        var b = (VitEncoderConfiguration)found.Encoder;
        return a.Width == b.Width && a.Depth == b.Depth && a.Heads == b.Heads && known.ImageSize == found.ImageSize;
    }

    private static int Count(IWeightSource weights, string pattern)
    {
        int count = 0;
        while (weights.Find(string.Format(CultureInfo.InvariantCulture, pattern, count)) is not null)
            count++;
        return count;
    }

    private static int? Number(IReadOnlyDictionary<string, string> metadata, string key) =>
        metadata.TryGetValue(key, out string? text) && int.TryParse(text, CultureInfo.InvariantCulture, out int number)
            ? number
            : null;

    private static WeightTensor Require(IWeightSource weights, string name, int rank)
    {
        WeightTensor tensor = weights.Find(name) ?? throw Unknown(weights, $"there is no tensor '{name}'");
        return tensor.Shape.Rank == rank ? tensor : throw Unknown(weights, $"tensor '{name}' has the shape {tensor.Shape}");
    }

    private static SegmentationProblemException Unknown(IWeightSource weights, string found) =>
        new SegmentationProblem(
            ProblemKind.InvalidModel,
            weights.Name,
            $"it holds no SAM network: {found}",
            "Give SAM, MobileSAM or HQ-SAM weights with official or Hugging Face names").ToException();
}
