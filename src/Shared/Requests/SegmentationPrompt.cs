using System.Text.Json.Serialization;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Shared.Requests;

/// <summary>
/// One thing to look for. In JSON an object, or plain text in the form of vocabularies: <c>"cat, kitten"</c>,
/// <c>"grass (stuff)"</c>.
/// </summary>
[JsonConverter(typeof(SegmentationPromptConverter))]
internal sealed record SegmentationPrompt
{
    /// <summary>The words, for instance <c>cat</c> or <c>the man on the left</c>.</summary>
    public required string Text { get; init; }

    /// <summary>The caller's own id, which comes back in each segment; null counts from <c>1</c>.</summary>
    public string? Id { get; init; }

    /// <summary>Other words for the same.</summary>
    public IReadOnlyList<string> Synonyms { get; init; } = [];

    /// <summary>Segments that score less are left out, 0..1; null leaves it to the method.</summary>
    public double? Threshold { get; init; }

    /// <summary>Whether its segments are counted.</summary>
    public CategoryKind Kind { get; init; } = CategoryKind.Thing;

    /// <summary>Reads <c>cat, kitten (stuff)</c>: names separated by commas, the kind in parentheses.</summary>
    public static SegmentationPrompt Parse(string text)
    {
        Category category = VocabularyParser.ParseCategory(text, 0);
        return new SegmentationPrompt
        {
            Text = category.Name,
            Synonyms = [.. category.Names.Skip(1)],
            Kind = category.Kind,
        };
    }
}
