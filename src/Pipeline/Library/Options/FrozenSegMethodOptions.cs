using FrozenSeg.Pipeline.Families.FrozenBackbones;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference;

namespace FrozenSeg;

/// <summary>
/// FrozenSeg, or FC-CLIP: panoptic, semantic and instance answers. Defaults are those of the checkpoint.
/// </summary>
public sealed record FrozenSegMethodOptions : MethodOptions
{
    /// <summary>Whether SAM's features are injected; off it is FC-CLIP. Default: on.</summary>
    public bool UsesInjectors { get; init; } = true;

    /// <inheritdoc/>
    public override string Name => UsesInjectors ? FrozenSegMethod.FrozenSegName : FrozenSegMethod.FcClipName;

    /// <summary>CLIP's exponent for seen classes.</summary>
    public double? Alpha { get; init; }

    /// <summary>CLIP's exponent for unseen classes.</summary>
    public double? Beta { get; init; }

    /// <summary>Smallest score of a panoptic segment.</summary>
    public double? ObjectMaskThreshold { get; init; }

    /// <summary>Share of a mask that must be left.</summary>
    public double? OverlapThreshold { get; init; }

    /// <summary>Pairs looked at for instances.</summary>
    public int? Instances { get; init; }

    /// <summary>Whether SAM's masks help to classify. Default: off.</summary>
    public MaskEnsembleMode? Ensemble { get; init; }

    /// <summary>Share of SAM's masks in unseen classes.</summary>
    public double? SamShare { get; init; }

    /// <summary>A SAM mask is kept when an unseen class is more probable.</summary>
    public double? SamKeepThreshold { get; init; }

    /// <summary>Most SAM masks used.</summary>
    public int? SamMasks { get; init; }

    /// <summary>
    /// How far CLIP may overrule the decoder where it says that a query shows no object, 0..1. Default: 0, not at all.
    /// </summary>
    public double? CoatWeight { get; init; }

    /// <summary>Pixels of the shortest side after the resize.</summary>
    public int? MinSize { get; init; }

    /// <summary>Most pixels of the longest side.</summary>
    public int? MaxSize { get; init; }

    internal override IEnumerable<(string Name, object? Value)> Settings() =>
    [
        ("alpha", Alpha),
        ("beta", Beta),
        ("object_mask_threshold", ObjectMaskThreshold),
        ("overlap_threshold", OverlapThreshold),
        ("instances", Instances),
        ("ensemble", Ensemble),
        ("sam_share", SamShare),
        ("sam_keep_threshold", SamKeepThreshold),
        ("sam_masks", SamMasks),
        ("coat_weight", CoatWeight),
        ("min_size", MinSize),
        ("max_size", MaxSize),
    ];
}
