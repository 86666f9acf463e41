using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Pipeline.Methods.Settings;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Families.Fusion;

/// <summary>How <c>fused</c> joins its three parts. Chosen by us: no paper describes this combination.</summary>
internal sealed record FusionOptions
{
    /// <summary>The settings.</summary>
    internal static SettingTable<FusionOptions> Table { get; } = new(
        new FusionOptions(),
        new ChoiceSetting<FusionOptions, ProposalSource>(
            $"{SegmentFusion.MethodName}.proposals", o => o.Proposals, (o, v) => o with { Proposals = v })
        {
            Text = "Who proposes segments: FrozenSeg, SAM 3 in its place, or both",
            Option = null,
        },
        Share(
            "keep_score",
            o => o.KeepScore,
            (o, v) => o with { KeepScore = v },
            "A proposal whose class CLIP as RNN dropped stays from this score on"),
        Share(
            "covered_share",
            o => o.CoveredShare,
            (o, v) => o with { CoveredShare = v },
            "A surviving prompt is added when its class covers less of its pixels"),
        Share(
            "snap_iou",
            o => o.SnapIoU,
            (o, v) => o with { SnapIoU = v },
            "A segment takes the shape of a SAM mask that overlaps it at least as much"),
        Share(
            "visible_share",
            o => o.VisibleShare,
            (o, v) => o with { VisibleShare = v },
            "A segment is left out when less of it can be seen"));

    /// <summary>Who proposes segments. Default: FrozenSeg.</summary>
    public ProposalSource Proposals { get; init; }

    /// <summary>
    /// A proposal whose class CLIP as RNN dropped stays when its score reaches this, 0..1. Default: 0.9.
    /// </summary>
    public double KeepScore { get; init; } = 0.9;

    /// <summary>
    /// A surviving prompt whose pixels are covered less than this by its own class is added, 0..1. Default: 0.5.
    /// </summary>
    public double CoveredShare { get; init; } = 0.5;

    /// <summary>
    /// A segment takes the shape of a SAM mask when they overlap at least this much, IoU. Default: 0.75.
    /// </summary>
    public double SnapIoU { get; init; } = 0.75;

    /// <summary>A segment is left out when others take more than the rest of its pixels, 0..1. Default: 0.5.</summary>
    public double VisibleShare { get; init; } = 0.5;

    /// <summary>Reads the settings <c>fused.*</c>.</summary>
    public static FusionOptions Read(MethodSettings settings) => Table.Read(settings, new FusionOptions());

    /// <summary>Everything that makes these settings unusable.</summary>
    public IEnumerable<SegmentationProblem> Problems() => Table.Problems(this);

    private static NumberSetting<FusionOptions, double> Share(
        string name, Func<FusionOptions, double?> get, Func<FusionOptions, double, FusionOptions> set, string text) =>
        new($"{SegmentFusion.MethodName}.{name}", get, set) { Text = text, Range = SettingRange.Share, Option = null };
}
