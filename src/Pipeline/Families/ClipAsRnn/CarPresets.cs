using FrozenSeg.Pipeline.Families.Clip.Text;
using FrozenSeg.Pipeline.Families.ClipAsRnn.VisualPrompts;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn;

/// <summary>The published settings of CLIP as RNN by dataset (car.md 11).</summary>
internal static class CarPresets
{
    private const VisualPrompt GrayBlur = VisualPrompt.BackgroundGray | VisualPrompt.BackgroundBlur;

    private static readonly CarOptions Ade = new()
    {
        MaskThreshold = 0.6f,
        QueryThreshold = 0.25f,
        CamBoxThreshold = 0.7,
        VisualPrompts = GrayBlur,
        MutualBackground = MutualBackground.Released,
    };

    private static readonly CarOptions Referring = new()
    {
        CamBoxThreshold = 0.5,
        ClassifierTemplates = [PromptTemplates.CleanOrigami],
    };

    /// <summary>
    /// Every preset by name; <c>nano</c> is ours, chosen on validation scenes for the bundled models.
    /// </summary>
    public static IReadOnlyDictionary<string, CarOptions> All { get; } = new Dictionary<string, CarOptions>
    {
        ["voc"] = new(),
        ["coco"] =
            new() { MaskThreshold = 0.5f, QueryThreshold = 0.3f, CamBoxThreshold = 0.5, VisualPrompts = GrayBlur },
        ["context"] = new()
        {
            MaskThreshold = 0.6f,
            QueryThreshold = 0.25f,
            StuffVisualPrompts = GrayBlur,
            MutualBackground = MutualBackground.Released,
        },
        ["context-459"] = Ade with { MaskThreshold = 0.4f },
        ["ade"] = Ade,
        ["refcoco"] =
            Referring with { MaskThreshold = 0.5f, QueryThreshold = 0.3f, VisualPrompts = VisualPrompt.Circle },
        ["refcoco+"] = Referring with { MaskThreshold = 0.2f, QueryThreshold = 0.1f },
        ["refcocog"] = Referring with { MaskThreshold = 0.5f, QueryThreshold = 0.1f, CamBoxThreshold = 0.6 },
        ["nano"] = new()
        {
            QueryThreshold = 0.15f,
            ReferringQueryThreshold = 0,
            StuffVisualPrompts = GrayBlur,
            UsesAffinity = false,
            SkipsLastBlock = false,
            Background = ["sky", "water", "grass", "sand", "brick", "road", "snow", "wood"],
            MutualBackground = MutualBackground.Paper,
        },
        ["gres"] = Referring with
        {
            MaskThreshold = 0.5f,
            QueryThreshold = 0,
            CamBoxThreshold = 0.3,
            VisualPrompts = VisualPrompt.Circle,
        },
    };

    /// <summary>The preset called <paramref name="name"/>.</summary>
    /// <exception cref="SegmentationProblemException">There is none.</exception>
    public static CarOptions Find(string name) => All.GetValueOrDefault(name) ?? throw Unknown(name).ToException();

    /// <summary>What to say about a name that is not a preset.</summary>
    public static SegmentationProblem Unknown(string name) => new(
        "settings.preset",
        $"there is no preset '{name}'",
        $"Use one of {string.Join(", ", All.Keys)}");
}
