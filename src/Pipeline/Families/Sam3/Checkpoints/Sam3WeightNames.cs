using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Pipeline.Families.Sam3.Checkpoints;

/// <summary>What tensors are called in each form of a SAM 3 checkpoint, seen from <c>sam3.pt</c> (sam3.md 6).</summary>
internal static class Sam3WeightNames
{
    // One of these begins a name in every part of every form.
    private static readonly string[] Signs =
    [
        "detector.", "detector_model.", "sam3_model.", "detr_encoder.", "detr_decoder.",
        "vision_encoder.backbone.embeddings.",
        "tracker.sam_mask_decoder.", "tracker.model.interactive_sam", "tracker_model.",
    ];

    // SAM 3.1 names its interactive half anew, and has a third neck.
    private static readonly (string Official, string Multiplex)[] Multiplexed =
    [
        (".sam2_convs.", ".interactive_convs."),
        ("tracker.sam_prompt_encoder.", "tracker.model.interactive_sam_prompt_encoder."),
        ("tracker.sam_mask_decoder.", "tracker.model.interactive_sam_mask_decoder."),
        ("tracker.no_mem_embed", "tracker.model.interactivity_no_mem_embed"),
    ];

    // In the image model's half without influence on any answer: tables that are computed, levels that nothing reads,
    // points that no prompt gives.
    private static readonly string[] Unused =
    [
        "freqs_cis", "rotary_emb.", "convs.3.", "conv_layers.2.", "pixel_decoder.norms.2.", "text_projection",
        "position_ids",
        "propagation_convs.", "fpn_layers.3.", "geometry_encoder.points_",
    ];

    /// <summary>Whether a file holds a SAM 3, or a part of one.</summary>
    public static bool IsSam3(IWeightSource file) =>
        file.Names.Any(name => Signs.Any(sign => name.StartsWith(sign, StringComparison.Ordinal)));

    /// <summary>Whether a file uses Hugging Face's names.</summary>
    public static bool IsHuggingFace(IWeightSource file) => file.Names.Any(name =>
        name.StartsWith("detector_model.", StringComparison.Ordinal)
        || name.StartsWith("detr_", StringComparison.Ordinal)
        || name.StartsWith("vision_encoder.backbone.embeddings.", StringComparison.Ordinal));

    /// <summary>Which release a file is of.</summary>
    public static Sam3Release ReleaseOf(IWeightSource file) => file.Names.Any(name =>
        name.Contains(".interactive_convs.", StringComparison.Ordinal)
        || name.Contains(".propagation_convs.", StringComparison.Ordinal)
        || name.StartsWith("tracker.model.", StringComparison.Ordinal))
        ? Sam3Release.Sam31
        : Sam3Release.Sam3;

    /// <summary>The name of an official tensor in a file of SAM 3.1.</summary>
    public static string ToMultiplex(string official) => Multiplexed.Aggregate(
        official, (name, part) => name.Replace(part.Official, part.Multiplex, StringComparison.Ordinal));

    /// <summary>The name of an official tensor in copies that keep their trainer's prefixes.</summary>
    public static string ToPrefixed(string official) => official
        .Replace("detector.", "sam3_model.", StringComparison.Ordinal)
        .Replace("tracker.", "sam2_predictor.", StringComparison.Ordinal);

    /// <summary>Whether an official name belongs to the interactive head.</summary>
    public static bool IsInteractive(string official) =>
        official.StartsWith("tracker.", StringComparison.Ordinal)
            || official.Contains(".sam2_convs.", StringComparison.Ordinal);

    /// <summary>
    /// Whether a tensor belongs to a published file without being needed: dead weights, and the memory of videos.
    /// </summary>
    public static bool IsUnused(string name) =>
        name.StartsWith("tracker.", StringComparison.Ordinal)
        || name.StartsWith("sam2_predictor.", StringComparison.Ordinal)
        || name.StartsWith("tracker_", StringComparison.Ordinal)
        || Unused.Any(part => name.Contains(part, StringComparison.Ordinal));
}
