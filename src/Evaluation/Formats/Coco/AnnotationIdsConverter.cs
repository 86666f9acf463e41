using System.Text.Json;
using System.Text.Json.Serialization;

namespace FrozenSeg.Evaluation.Formats.Coco;

/// <summary>An annotation id, or a list of them.</summary>
internal sealed class AnnotationIdsConverter : JsonConverter<long[]>
{
    public override long[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.Number)
            return [WholeNumberConverter<long>.ReadFrom(ref reader)];
        if (reader.TokenType is not JsonTokenType.StartArray)
            throw new JsonException("ann_id is a number or a list of numbers");
        var ids = new List<long>();
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
            ids.Add(WholeNumberConverter<long>.ReadFrom(ref reader));
        return [.. ids];
    }

    public override void Write(Utf8JsonWriter writer, long[] value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (long id in value)
            writer.WriteNumberValue(id);
        writer.WriteEndArray();
    }
}
