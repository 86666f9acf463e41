using System.Text.Json.Serialization;

namespace FrozenSeg.Evaluation.Formats.Coco;

/// <summary>One segment of a panoptic picture.</summary>
internal sealed record PanopticSegmentInfo
{
    public int? Id { get; init; }

    public int? CategoryId { get; init; }

    [JsonConverter(typeof(FlagConverter))]
    public int? Iscrowd { get; init; }

    public double? Area { get; init; }
}
