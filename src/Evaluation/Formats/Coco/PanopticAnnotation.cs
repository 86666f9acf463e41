using System.Text.Json.Serialization;

namespace FrozenSeg.Evaluation.Formats.Coco;

/// <summary>The segments of one picture.</summary>
internal sealed record PanopticAnnotation
{
    [JsonConverter(typeof(CocoKeyConverter))]
    public string? ImageId { get; init; }

    public string? FileName { get; init; }

    public PanopticSegmentInfo[]? SegmentsInfo { get; init; }
}
