using System.Text.Json;
using System.Text.Json.Serialization;

namespace FrozenSeg.Evaluation.Formats.Coco;

/// <summary>0 or 1, or <c>false</c> and <c>true</c>, which Python's tools take for the same.</summary>
internal sealed class FlagConverter : JsonConverter<int>
{
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.False => 0,
            JsonTokenType.True => 1,
            JsonTokenType.Number or JsonTokenType.String => WholeNumberConverter<int>.ReadFrom(ref reader),
            _ => throw new JsonException($"0 or 1 is expected there, and {JsonWords.Of(reader.TokenType)} was found"),
        };

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value);
}
