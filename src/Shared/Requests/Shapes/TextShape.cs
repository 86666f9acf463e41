using System.Text.Json;
using System.Text.Unicode;

namespace FrozenSeg.Shared.Requests.Shapes;

/// <summary>Text of whole characters.</summary>
/// <param name="words">What it is called.</param>
internal sealed class TextShape(string words = "text") : Shape
{
    public override string Words => words;

    public override bool Begins(JsonTokenType token) => token is JsonTokenType.String;

    protected override void CheckValue(ref Utf8JsonReader reader, ShapeFindings findings)
    {
        if (!IsWhole(ref reader))
            findings.Add("it holds halves of characters", "Send UTF-8");
    }

    /// <summary>
    /// Whether the text the reader stands on can be read; half a surrogate pair, or half of UTF-8, cannot.
    /// </summary>
    public static bool IsWhole(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
            return Utf8.IsValid(reader.ValueSpan);
        try
        {
            reader.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
