using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Instances;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Panoptic;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Semantic;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Inference;

/// <summary>The answers that were asked for; null for those that were not.</summary>
internal sealed record Answers
{
    /// <summary>The semantic answer.</summary>
    public SemanticMap? Semantic { get; init; }

    /// <summary>Segment ids by pixel, 0 for none.</summary>
    public LabelMap? Panoptic { get; init; }

    /// <summary>The panoptic segments.</summary>
    public IReadOnlyList<PanopticSegment>? Segments { get; init; }

    /// <summary>The instances, the most probable class first.</summary>
    public IReadOnlyList<InstancePrediction>? Instances { get; init; }
}
