using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Families.Fusion;

/// <summary>How <c>fused</c> joins its three parts. Chosen by us: no paper describes this combination.</summary>
public sealed record FusionOptions
{
    /// <summary>A proposal whose class CLIP as RNN dropped stays when its score reaches this, 0..1; 0.9.</summary>
    public double KeepScore { get; init; } = 0.9;

    /// <summary>A surviving prompt whose pixels are covered less than this by its own class is added, 0..1; 0.5.</summary>
    public double CoveredShare { get; init; } = 0.5;

    /// <summary>A segment takes the shape of a SAM mask when they overlap at least this much, IoU; 0.75.</summary>
    public double SnapIoU { get; init; } = 0.75;

    /// <summary>A segment is left out when others take more than the rest of its pixels, 0..1; 0.5.</summary>
    public double VisibleShare { get; init; } = 0.5;

    /// <summary>Reads the settings <c>fused.*</c>.</summary>
    public static FusionOptions Read(MethodSettings settings)
    {
        var defaults = new FusionOptions();
        return new FusionOptions
        {
            KeepScore = settings.Double("fused.keep_score", defaults.KeepScore),
            CoveredShare = settings.Double("fused.covered_share", defaults.CoveredShare),
            SnapIoU = settings.Double("fused.snap_iou", defaults.SnapIoU),
            VisibleShare = settings.Double("fused.visible_share", defaults.VisibleShare),
        };
    }

    /// <summary>Everything that makes these settings unusable.</summary>
    public IEnumerable<SegmentationProblem> Problems() => Describe()
        .Where(setting => !(setting.Value is >= 0 and <= 1))
        .Select(setting => new SegmentationProblem(
            ProblemKind.InvalidRequest, $"settings.{setting.Name}", $"{setting.Value} is out of range", "Use 0 to 1"));

    /// <summary>The settings under their names.</summary>
    public IReadOnlyList<(string Name, double Value)> Describe() =>
    [
        ("fused.keep_score", KeepScore),
        ("fused.covered_share", CoveredShare),
        ("fused.snap_iou", SnapIoU),
        ("fused.visible_share", VisibleShare),
    ];
}
