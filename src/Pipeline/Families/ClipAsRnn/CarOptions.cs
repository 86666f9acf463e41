using FrozenSeg.Pipeline.Families.Clip.Text;
using FrozenSeg.Pipeline.Families.ClipAsRnn.Activation;
using FrozenSeg.Pipeline.Families.ClipAsRnn.MaskMatching;
using FrozenSeg.Pipeline.Families.ClipAsRnn.Recurrence;
using FrozenSeg.Pipeline.Families.ClipAsRnn.VisualPrompts;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn;

/// <summary>
/// Settings of CLIP as RNN. Defaults are those of the released configuration for Pascal VOC; <see cref="CarPresets"/>
/// has the others (car.md 11).
/// </summary>
internal sealed record CarOptions
{
    /// <summary>η: a pixel of a proposal above it belongs to the mask that is prompted. Default: 0.4.</summary>
    public float MaskThreshold { get; init; } = 0.4f;

    /// <summary>θ: a query whose score is not above it is dropped. Default: 0.6.</summary>
    public float QueryThreshold { get; init; } = 0.6f;

    /// <summary>θ for referring expressions; null takes <see cref="QueryThreshold"/>.</summary>
    public float? ReferringQueryThreshold { get; init; }

    /// <summary>
    /// Rounds after which the recurrence ends; 0 goes on until nothing is dropped, as published. 1, with θ = 0, is the
    /// method without its recurrence, to measure what that gives.
    /// </summary>
    public int MaxRounds { get; init; }

    /// <summary>λ: share of a map's brightest value from which boxes limit the affinity. Default: 0.4.</summary>
    public double CamBoxThreshold { get; init; } = 0.4;

    /// <summary>What is done to a picture to point at a mask. Circle and blur.</summary>
    public VisualPrompt VisualPrompts { get; init; } = VisualPrompt.Circle | VisualPrompt.BackgroundBlur;

    /// <summary>The same for stuff when it has a pass of its own; null takes <see cref="VisualPrompts"/>.</summary>
    public VisualPrompt? StuffVisualPrompts { get; init; }

    /// <summary>What the class activation maps are the gradient of. CLIP-ES.</summary>
    public CamTarget Cam { get; init; } = CamTarget.ClipEs;

    /// <summary>
    /// Whether maps are spread along the class-aware affinity. On; small models, whose attention says little, do better
    /// without.
    /// </summary>
    public bool UsesAffinity { get; init; } = true;

    /// <summary>Phrases that only absorb pixels. The released 23.</summary>
    public IReadOnlyList<string> Background { get; init; } = BackgroundQueries.Released;

    /// <summary>Whether things and stuff have passes of their own. Default: false.</summary>
    public MutualBackground MutualBackground { get; init; }

    /// <summary>Wraps queries and background in the activation maps, queries from the second round on.</summary>
    public string CamTemplate { get; init; } = PromptTemplates.CleanOrigami;

    /// <summary>
    /// Templates of the classifier. With several the score is the softmax of their summed probabilities; with one it is
    /// its probability. The released 15.
    /// </summary>
    public IReadOnlyList<string> ClassifierTemplates { get; init; } = PromptTemplates.ClipAsRnn;

    /// <summary>
    /// Whether the classifier leaves out its last block, as released; thresholds were tuned so. Default: true.
    /// </summary>
    public bool SkipsLastBlock { get; init; } = true;

    /// <summary>Whether masks are refined by the dense CRF. Default: true.</summary>
    public bool UsesCrf { get; init; } = true;

    /// <summary>Exponent of the background's score in the last competition. Default: 1.</summary>
    public float BackgroundFactor { get; init; } = 1;

    /// <summary>
    /// Whether pixels may belong to no query; off, each pixel goes to the best query that is left. Default: true.
    /// </summary>
    public bool HasBackground { get; init; } = true;

    /// <summary>
    /// Name of the class that pixels of no query get, as Pascal VOC and COCO Object have one; null leaves them void.
    /// Default: none.
    /// </summary>
    public string? BackgroundClass { get; init; }

    /// <summary>
    /// Referring: an expression gets no mask when CLIP is not at least this sure that the prompted picture shows it
    /// rather than one of the background phrases; 0 asks nothing. 0: the method as published always answers (car.md 3).
    /// </summary>
    public float PresenceThreshold { get; init; }

    /// <summary>Referring: all expressions describe one object, and their masks become one (car.md 9).</summary>
    public bool IsOneObject { get; init; }

    /// <summary>Snap masks to those of SAM: null does not.</summary>
    public MaskMatchingOptions? Matching { get; init; }

    /// <summary>
    /// Most patches a picture is cut into for proposals; larger pictures are made smaller for them. Default: 2,304.
    /// </summary>
    public int MaxPatches { get; init; } = 2_304;

    /// <summary>
    /// Most pixels a picture is worked on with; larger ones are made smaller, as in CaR's demo. Default: 1,000,000.
    /// </summary>
    public int MaxPixels { get; init; } = 1_000_000;

    /// <summary>Most queries of one picture: each is a picture for the classifier to look at. Default: 1,000.</summary>
    public int MaxQueries { get; init; } = 1_000;

    /// <summary>
    /// Most masks that compete in the CRF; more are decided without it, with a warning. Default: 128.
    /// </summary>
    public int MaxCrfLabels { get; init; } = 128;

    /// <summary>θ of a task.</summary>
    /// <param name="isReferring">Whether the texts are expressions, each for itself.</param>
    internal float QueryThresholdOf(bool isReferring) =>
        isReferring ? ReferringQueryThreshold ?? QueryThreshold : QueryThreshold;

    /// <summary>Everything that is wrong with these settings.</summary>
    public IEnumerable<SegmentationProblem> Problems()
    {
        foreach (SegmentationProblem problem in CarSettings.Table.Problems(this))
            yield return problem;
        if (BackgroundClass is not null && !BackgroundClass.Any(char.IsLetterOrDigit))
            yield return Problem(
                "background_class", $"'{BackgroundClass}' has neither a letter nor a digit", "Use 'background'");
        foreach (string template in ClassifierTemplates.Append(CamTemplate).Where(
            template => !template.Contains("{}", StringComparison.Ordinal)))
            yield return Problem(
                "templates", $"'{template}' has no {{}} for the query", "Put {} where the query belongs");
        if (ClassifierTemplates.Count == 0)
            yield return Problem("templates", "there is none", "Give at least one template");
    }

    private static SegmentationProblem Problem(string name, string found, string remedy) =>
        new($"settings.{name}", found, remedy);
}
