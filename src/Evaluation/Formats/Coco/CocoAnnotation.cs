using System.Text.Json.Serialization;

namespace FrozenSeg.Evaluation.Formats.Coco;

/// <summary>One annotated object, or one scored detection.</summary>
internal sealed record CocoAnnotation
{
    public long? Id { get; init; }

    [JsonConverter(typeof(CocoKeyConverter))]
    public string? ImageId { get; init; }

    public int? CategoryId { get; init; }

    public CocoSegmentation? Segmentation { get; init; }

    public double? Area { get; init; }

    public double[]? Bbox { get; init; }

    [JsonConverter(typeof(FlagConverter))]
    public int? Iscrowd { get; init; }

    [JsonConverter(typeof(FlagConverter))]
    public int? Ignore { get; init; }

    public double? Score { get; init; }
}
