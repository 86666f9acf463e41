using System.Text.Json.Serialization;

namespace FrozenSeg.Shared.Requests;

/// <summary>
/// How prompts are turned into more of them by a language model. In JSON an object, or <c>true</c> for the defaults.
/// </summary>
[JsonConverter(typeof(ExpansionRequestConverter))]
internal sealed record ExpansionRequest
{
    /// <summary>Most expressions a prompt may become, itself not counted; 1..10. Default: 3.</summary>
    public int MaxPerPrompt { get; init; } = 3;

    /// <summary>
    /// Whether the language model may see the picture, shrunk; off, because the picture then leaves the service.
    /// </summary>
    public bool ShowImage { get; init; }
}
