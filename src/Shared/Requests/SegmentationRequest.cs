using System.Text.Json.Serialization;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Shared.Requests;

/// <summary>
/// What to find in which picture. Written and read by <see cref="RequestJsonContext"/>; <see cref="RequestValidator"/>
/// says everything that is wrong with one.
/// </summary>
internal sealed record SegmentationRequest
{
    /// <summary>The picture; null while it comes beside the request, as the other part of a form.</summary>
    public ImageSource? Image { get; init; }

    /// <summary>
    /// <c>automask</c>, <c>car</c>, <c>frozenseg</c>, <c>fcclip</c>, <c>sam3</c> or <c>fused</c>; null is the first
    /// that fits words and tasks.
    /// </summary>
    public string? Method { get; init; }

    /// <summary>What to look for; null with a named vocabulary, or for masks without classes.</summary>
    public IReadOnlyList<SegmentationPrompt>? Prompts { get; init; }

    /// <summary>A vocabulary by name, for instance <c>coco-133</c>.</summary>
    public string? Vocabulary { get; init; }

    /// <summary>The answers wanted; null is the method's default.</summary>
    public IReadOnlyList<SegmentationTask>? Tasks { get; init; }

    /// <summary>The files wanted beside <c>result.json</c>; null is all that the tasks give.</summary>
    public IReadOnlyList<OutputFormat>? Outputs { get; init; }

    /// <summary>Whether and how a language model adds expressions to the prompts; null is not at all.</summary>
    public ExpansionRequest? Expansion { get; init; }

    /// <summary>Settings of the method under their published names, for instance <c>points_per_side</c>.</summary>
    [JsonConverter(typeof(SettingsConverter))]
    public IReadOnlyDictionary<string, string>? Settings { get; init; }

    /// <summary>An https address that is told when the segmentation has ended, if the service allows it.</summary>
    public string? Callback { get; init; }

    /// <summary>The prompts as an ordered vocabulary; null without prompts. Category i is prompt i.</summary>
    public Vocabulary? PromptVocabulary() => Prompts is not { Count: > 0 } prompts
        ? null
        : new Vocabulary("custom", [.. prompts.Select(
            (prompt, i) => new Category(i, [prompt.Text, .. prompt.Synonyms], prompt.Kind))]);
}
