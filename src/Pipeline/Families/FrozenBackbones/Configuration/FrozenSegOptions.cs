using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Configuration;

/// <summary>Settings of the answers, with the published defaults (frozenseg.md 6 to 8).</summary>
internal sealed record FrozenSegOptions
{
    /// <summary>CLIP's exponent for classes seen in training (Eq. 3, α). Default: 0.4.</summary>
    public double Alpha { get; init; } = 0.4;

    /// <summary>CLIP's exponent for classes not seen in training (Eq. 3, β). Default: 0.8.</summary>
    public double Beta { get; init; } = 0.8;

    /// <summary>
    /// How far CLIP may overrule the decoder's "no object" (COAT, w; 0.5 in OVRCOAT). Default: 0, not at all.
    /// </summary>
    public double CoatWeight { get; init; }

    /// <summary>A query becomes a panoptic segment when its score is above it. Default: 0.</summary>
    public double ObjectMaskThreshold { get; init; }

    /// <summary>Share of a mask that must be left for a panoptic segment. Default: 0.8.</summary>
    public double OverlapThreshold { get; init; } = 0.8;

    /// <summary>Pairs of query and class looked at for instances. Default: 100.</summary>
    public int InstanceCount { get; init; } = 100;

    /// <summary>Whether SAM's masks help to classify (Eq. 4); off, as in the released configuration.</summary>
    public MaskEnsembleMode MaskEnsemble { get; init; } = MaskEnsembleMode.Off;

    /// <summary>Share of SAM's masks in unseen classes (Eq. 4, ε). Default: 0.2.</summary>
    public double SamShare { get; init; } = 0.2;

    /// <summary>A SAM mask is kept when an unseen class is more probable (Eq. 4, ξ). Default: 0.5.</summary>
    public double SamKeepThreshold { get; init; } = 0.5;

    /// <summary>Most SAM masks used, the largest first. Default: 50.</summary>
    public int SamMasks { get; init; } = 50;

    /// <summary>
    /// Whether semantic scores are formed at the network's size and then resized, as the released code does where
    /// nothing but the semantic answer is asked for; otherwise masks are resized first. Default: true.
    /// </summary>
    public bool SemanticAfterResize { get; init; } = true;
}
