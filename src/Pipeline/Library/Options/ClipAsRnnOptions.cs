using FrozenSeg.Pipeline.Families.ClipAsRnn;
using FrozenSeg.Pipeline.Families.ClipAsRnn.Activation;
using FrozenSeg.Pipeline.Families.ClipAsRnn.VisualPrompts;

namespace FrozenSeg;

/// <summary>
/// CLIP as RNN: words to masks without training. Defaults are those of <see cref="Preset"/>; thresholds are 0 to 1.
/// </summary>
public sealed record ClipAsRnnOptions : MethodOptions
{
    /// <inheritdoc/>
    public override string Name => CarMethod.MethodName;

    /// <summary>
    /// A released configuration: <c>voc</c>, <c>coco</c>, <c>context</c>, <c>ade</c>, <c>refcoco</c> … Default:
    /// <c>voc</c>.
    /// </summary>
    public string? Preset { get; init; }

    /// <summary>η: a pixel of a proposal above it belongs to the mask that is prompted. Default: 0.4.</summary>
    public double? MaskThreshold { get; init; }

    /// <summary>θ: a query whose score is not above it is dropped. Default: 0.6.</summary>
    public double? QueryThreshold { get; init; }

    /// <summary>Rounds after which the recurrence ends; 0 goes on until nothing is dropped. Default: 0.</summary>
    public int? MaxRounds { get; init; }

    /// <summary>λ: share of a map's brightest value from which boxes limit the affinity. Default: 0.4.</summary>
    public double? CamBoxThreshold { get; init; }

    /// <summary>What is done to a picture to point at a mask. Default: circle and blur.</summary>
    public VisualPrompt? VisualPrompts { get; init; }

    /// <summary>The same for stuff. Default: as <see cref="VisualPrompts"/>.</summary>
    public VisualPrompt? StuffVisualPrompts { get; init; }

    /// <summary>What the class activation maps are the gradient of. Default: CLIP-ES.</summary>
    public CamTarget? Cam { get; init; }

    /// <summary>Whether maps are spread along the class-aware affinity. Default: yes.</summary>
    public bool? UsesAffinity { get; init; }

    /// <summary>Phrases that only absorb pixels, none for none. Default: the released 23.</summary>
    public IReadOnlyList<string>? Background { get; init; }

    /// <summary>Whether things and stuff have passes of their own. Default: no.</summary>
    public MutualBackground? MutualBackground { get; init; }

    /// <summary>Template of the activation maps, with {} for the query. Default: the released one.</summary>
    public string? CamTemplate { get; init; }

    /// <summary>Templates of the classifier, with {} for the query. Default: the released 15.</summary>
    public IReadOnlyList<string>? ClassifierTemplates { get; init; }

    /// <summary>Whether the classifier leaves out its last block. Default: yes, as released.</summary>
    public bool? SkipsLastBlock { get; init; }

    /// <summary>Whether masks are refined by the dense CRF. Default: yes.</summary>
    public bool? UsesCrf { get; init; }

    /// <summary>Exponent of the background's score in the last competition. Default: 1.</summary>
    public double? BackgroundFactor { get; init; }

    /// <summary>Whether pixels may belong to no query. Default: yes.</summary>
    public bool? HasBackground { get; init; }

    /// <summary>Name of the class that pixels of no query get. Default: none.</summary>
    public string? BackgroundClass { get; init; }

    /// <summary>How sure CLIP must be that an expression is in the picture at all. Default: 0.</summary>
    public double? PresenceThreshold { get; init; }

    /// <summary>Whether all expressions describe one object. Default: no.</summary>
    public bool? IsOneObject { get; init; }

    /// <summary>Whether masks take the shapes of SAM's. Default: no.</summary>
    public bool? SnapsToSam { get; init; }

    /// <summary>φ_iom: a SAM mask with more intersection over minimum is part of the answer. Default: 0.7.</summary>
    public double? IoMThreshold { get; init; }

    /// <summary>φ_iou: joined SAM masks replace a mask that they overlap by more. Default: 0.7.</summary>
    public double? IoUThreshold { get; init; }

    /// <summary>A SAM mask that covers less of the mask counts by that share only. Default: 0.05.</summary>
    public double? SmallestShare { get; init; }

    /// <summary>Most patches a picture is cut into for proposals. Default: 2,304.</summary>
    public int? MaxPatches { get; init; }

    /// <summary>Most pixels a picture is worked on with. Default: 1,000,000.</summary>
    public int? MaxPixels { get; init; }

    /// <summary>Most queries of one picture. Default: 1,000.</summary>
    public int? MaxQueries { get; init; }

    /// <summary>Most masks that compete in the CRF. Default: 128.</summary>
    public int? MaxCrfLabels { get; init; }

    internal override IEnumerable<(string Name, object? Value)> Settings() =>
    [
        ("preset", Preset),
        ("mask_threshold", MaskThreshold),
        ("confidence_threshold", QueryThreshold),
        ("max_rounds", MaxRounds),
        ("clipes_threshold", CamBoxThreshold),
        ("visual_prompt_type", VisualPrompts is { } prompts ? VisualPromptNames.Format(prompts) : null),
        ("stuff_visual_prompt_type", StuffVisualPrompts is { } stuff ? VisualPromptNames.Format(stuff) : null),
        ("cam", Cam),
        ("affinity", UsesAffinity),
        ("background", Background is { } phrases ? phrases.Count == 0 ? "none" : string.Join("; ", phrases) : null),
        ("mutual_background", MutualBackground),
        ("cam_text_template", CamTemplate),
        ("templates", ClassifierTemplates),
        ("skip_last_block", SkipsLastBlock),
        ("crf", UsesCrf),
        ("bg_factor", BackgroundFactor),
        ("with_background", HasBackground),
        ("background_class", BackgroundClass),
        ("presence_threshold", PresenceThreshold),
        ("one_object", IsOneObject),
        ("snap", SnapsToSam),
        ("iom_threshold", IoMThreshold),
        ("iou_threshold", IoUThreshold),
        ("min_pred_threshold", SmallestShare),
        ("max_patches", MaxPatches),
        ("max_pixels", MaxPixels),
        ("max_queries", MaxQueries),
        ("max_crf_labels", MaxCrfLabels),
    ];
}
