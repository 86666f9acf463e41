using System.Text.Json;
using System.Text.Json.Serialization;

namespace FrozenSeg.Shared.Requests;

/// <summary>Reads <c>true</c>, <c>false</c> (as null) or an object; always writes an object.</summary>
internal sealed class ExpansionRequestConverter : JsonConverter<ExpansionRequest>
{
    private const string MaxName = "max_per_prompt", ShowName = "show_image";

    /// <inheritdoc/>
    public override ExpansionRequest? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.True)
            return new ExpansionRequest();
        if (reader.TokenType is JsonTokenType.False)
            return null;
        if (reader.TokenType is not JsonTokenType.StartObject)
            throw new JsonException("expansion is true, false or an object");

        var request = new ExpansionRequest();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            request = name switch
            {
                MaxName when reader.TokenType is JsonTokenType.Number && reader.TryGetInt32(out int most) =>
                    request with { MaxPerPrompt = most },
                ShowName when reader.TokenType is JsonTokenType.True or JsonTokenType.False =>
                    request with { ShowImage = reader.GetBoolean() },
                MaxName or ShowName => throw new JsonException($"expansion.{name} has the wrong type"),
                _ => throw new JsonException($"expansion has no member '{name}'"),
            };
        }

        return request;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ExpansionRequest value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteNumber(MaxName, value.MaxPerPrompt);
        writer.WriteBoolean(ShowName, value.ShowImage);
        writer.WriteEndObject();
    }
}
