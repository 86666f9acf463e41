using FrozenSeg.Pipeline.Families.Fusion;

namespace FrozenSeg;

/// <summary>FrozenSeg, CLIP as RNN and SAM joined; each part with its own settings.</summary>
public sealed record FusedOptions : MethodOptions
{
    /// <inheritdoc/>
    public override string Name => SegmentFusion.MethodName;

    /// <summary>Who proposes segments. Default: FrozenSeg.</summary>
    public ProposalSource? Proposer { get; init; }

    /// <summary>A proposal whose class CLIP as RNN dropped stays when its score reaches this. Default: 0.9.</summary>
    public double? KeepScore { get; init; }

    /// <summary>
    /// A surviving prompt whose pixels are covered less than this by its own class is added. Default: 0.5.
    /// </summary>
    public double? CoveredShare { get; init; }

    /// <summary>
    /// A segment takes the shape of a SAM mask when they overlap at least this much, IoU. Default: 0.75.
    /// </summary>
    public double? SnapIoU { get; init; }

    /// <summary>A segment is left out when others take more than the rest of its pixels. Default: 0.5.</summary>
    public double? VisibleShare { get; init; }

    /// <summary>How FrozenSeg proposes.</summary>
    public FrozenSegMethodOptions Proposals { get; init; } = new();

    /// <summary>How SAM 3 proposes, where it does.</summary>
    public Sam3MethodOptions Concepts { get; init; } = new();

    /// <summary>How CLIP as RNN filters.</summary>
    public ClipAsRnnOptions Prompts { get; init; } = new();

    /// <summary>How SAM finds shapes.</summary>
    public AutomaskOptions Masks { get; init; } = new();

    internal override IEnumerable<(string Name, object? Value)> Settings() =>
    [
        ("fused.proposals", Proposer),
        ("fused.keep_score", KeepScore),
        ("fused.covered_share", CoveredShare),
        ("fused.snap_iou", SnapIoU),
        ("fused.visible_share", VisibleShare),
        .. new MethodOptions[] { Proposals, Concepts, Prompts, Masks }.SelectMany(
            part => part.Settings().Select(setting => ($"{part.Name}.{setting.Name}", setting.Value))),
    ];
}
