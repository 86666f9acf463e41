using System.Text.Json;

namespace FrozenSeg.Shared.Requests.Shapes;

/// <summary>What may stand at one place of a JSON text.</summary>
internal abstract class Shape
{
    /// <summary>What stands here, for instance <c>text</c>.</summary>
    public abstract string Words { get; }

    /// <summary>Whether a value that begins with this token can stand here.</summary>
    public abstract bool Begins(JsonTokenType token);

    /// <summary>Looks at the value the reader stands on; leaves it on the value's last token.</summary>
    public void Check(ref Utf8JsonReader reader, ShapeFindings findings)
    {
        if (Begins(reader.TokenType))
        {
            CheckValue(ref reader, findings);
            return;
        }

        findings.Add(
            reader.TokenType is JsonTokenType.Null ? "it is null" : $"it is {WordsOf(reader.TokenType)}",
            $"Give {Words}");
        reader.Skip();
    }

    /// <summary>Looks at a value that begins as it should.</summary>
    protected abstract void CheckValue(ref Utf8JsonReader reader, ShapeFindings findings);

    private static string WordsOf(JsonTokenType token) => token switch
    {
        JsonTokenType.String => "text",
        JsonTokenType.Number => "a number",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.StartObject => "an object",
        _ => "true or false",
    };
}
