namespace FrozenSeg.Evaluation.Formats;

/// <summary>One segment of a panoptic picture.</summary>
internal sealed record PanopticSegmentInfo
{
    public int? Id { get; init; }

    public int? CategoryId { get; init; }

    public int Iscrowd { get; init; }

    public int? Area { get; init; }
}
