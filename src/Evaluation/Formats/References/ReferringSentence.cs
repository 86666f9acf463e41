using System.Text.Json.Serialization;
using FrozenSeg.Evaluation.Formats.Coco;

namespace FrozenSeg.Evaluation.Formats.References;

/// <summary>One expression.</summary>
internal sealed record ReferringSentence
{
    [JsonConverter(typeof(CocoKeyConverter))]
    public string? SentId { get; init; }

    public string? Sent { get; init; }
}
