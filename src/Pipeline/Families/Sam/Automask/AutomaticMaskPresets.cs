using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Families.Sam.Automask;

/// <summary>
/// Settings of automatic masks that come with a network. How sure a SAM is of itself differs from one to another, so
/// the thresholds that suit one leave another without most of its masks (docs/sam.md has the curve).
/// </summary>
internal static class AutomaticMaskPresets
{
    /// <summary>Those of SAM's own script, made for ViT-H.</summary>
    public const string Official = "official";

    /// <summary>MobileSAM's, chosen on photographs.</summary>
    public const string MobileSam = "mobile-sam";

    /// <summary>The bundled nano SAM's, chosen on scenes: its pictures are small.</summary>
    public const string Nano = "nano";

    /// <summary>Every preset by name.</summary>
    public static IReadOnlyDictionary<string, AutomaticMaskOptions> All { get; } = new AutomaticMaskOptions[]
    {
        new(),
        new()
        {
            Preset = MobileSam,
            PointsPerSide = 16,
            PredictedIoUThreshold = 0.7f,
            StabilityScoreThreshold = 0.75f,
        },
        new()
        {
            Preset = Nano,
            PointsPerSide = 16,
            PredictedIoUThreshold = 0.35f,
            StabilityScoreThreshold = 0.4f,
        },
    }.ToDictionary(options => options.Preset);

    /// <summary>The preset called <paramref name="name"/>; null takes the one that suits a network.</summary>
    /// <exception cref="SegmentationProblemException">There is no such preset.</exception>
    public static AutomaticMaskOptions Find(string? name, IPromptableModel model) =>
        All[Check(name) ?? model.MaskPreset];

    /// <summary>The name, when it is that of a preset or null.</summary>
    /// <exception cref="SegmentationProblemException">There is no such preset.</exception>
    public static string? Check(string? name) => name is null || All.ContainsKey(name)
        ? name
        : throw SegmentationProblem.InvalidRequest(
            "preset", $"there is no preset '{name}' of automatic masks", $"Use one of {string.Join(", ", All.Keys)}");
}
