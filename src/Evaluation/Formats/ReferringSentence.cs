using System.Text.Json.Serialization;

namespace FrozenSeg.Evaluation.Formats;

/// <summary>One expression.</summary>
internal sealed record ReferringSentence
{
    [JsonConverter(typeof(CocoKeyConverter))]
    public string? SentId { get; init; }

    public string? Sent { get; init; }
}
