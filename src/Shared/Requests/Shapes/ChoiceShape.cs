using System.Text.Json;

namespace FrozenSeg.Shared.Requests.Shapes;

/// <summary>One of a few names. Their numbers are nobody's business but the compiler's.</summary>
/// <param name="names">The names.</param>
internal sealed class ChoiceShape(params string[] names) : Shape
{
    public override string Words => $"one of {string.Join(", ", names)}";

    public override bool Begins(JsonTokenType token) => token is JsonTokenType.String;

    protected override void CheckValue(ref Utf8JsonReader reader, ShapeFindings findings)
    {
        string given = TextShape.IsWhole(ref reader) ? reader.GetString()! : "";
        if (!names.Contains(given, StringComparer.OrdinalIgnoreCase))
            findings.Add($"there is no '{ShapeFindings.Shorten(given)}'", $"Use {Words}");
    }
}
