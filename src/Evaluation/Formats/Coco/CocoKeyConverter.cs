using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FrozenSeg.Evaluation.Formats.Coco;

/// <summary>An id that most datasets write as a number and some, Cityscapes among them, as a string.</summary>
internal sealed class CocoKeyConverter : JsonConverter<string>
{
    // Annotations of a picture follow each other, and there are many.
    [ThreadStatic]
    private static (long Id, string? Text) _last;

    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString()!,
            JsonTokenType.Number when reader.TryGetInt64(out long id) => TextOf(id),
            JsonTokenType.Number => reader.GetDouble().ToString(CultureInfo.InvariantCulture),
            _ => throw new JsonException("an id is a number or a string"),
        };

    private static string TextOf(long id)
    {
        if (_last.Text is null || _last.Id != id)
            _last = (id, id.ToString(CultureInfo.InvariantCulture));
        return _last.Text;
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        if (long.TryParse(value, CultureInfo.InvariantCulture, out long id))
            writer.WriteNumberValue(id);
        else
            writer.WriteStringValue(value);
    }
}
