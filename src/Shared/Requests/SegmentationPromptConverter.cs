using System.Text.Json;
using System.Text.Json.Serialization;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Shared.Requests;

/// <summary>Reads a prompt from text or from an object; always writes an object.</summary>
internal sealed class SegmentationPromptConverter : JsonConverter<SegmentationPrompt>
{
    /// <inheritdoc/>
    public override SegmentationPrompt Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.String)
            return SegmentationPrompt.Parse(reader.GetString()!);
        Form form = JsonSerializer.Deserialize(ref reader, PromptJsonContext.Default.Form)
            ?? throw new JsonException("a prompt is null");
        return new SegmentationPrompt
        {
            Text = form.Text ?? "",
            Id = form.Id,
            Synonyms = form.Synonyms ?? [],
            Threshold = form.Threshold,
            Kind = form.Kind ?? CategoryKind.Thing,
        };
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, SegmentationPrompt value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(
            writer,
            new Form(
                value.Text, value.Id, value.Synonyms.Count == 0 ? null : value.Synonyms, value.Threshold, value.Kind),
            PromptJsonContext.Default.Form);

    /// <summary>The object form.</summary>
    internal sealed record Form(
        string? Text, string? Id, IReadOnlyList<string>? Synonyms, double? Threshold, CategoryKind? Kind);
}
