using System.Text.Json.Serialization;
using FrozenSeg.Evaluation.Formats.Coco;

namespace FrozenSeg.Evaluation.Formats.References;

/// <summary>The answer to one expression.</summary>
internal sealed record ReferringAnswer
{
    [JsonConverter(typeof(CocoKeyConverter))]
    public string? RefId { get; init; }

    [JsonConverter(typeof(CocoKeyConverter))]
    public string? SentId { get; init; }

    /// <summary>The mask; null for "nothing is meant".</summary>
    public CocoSegmentation? Segmentation { get; init; }
}
