using System.Text.Json;

namespace FrozenSeg.Shared.Requests.Shapes;

/// <summary>A number that fits its type.</summary>
/// <param name="kind">Which numbers.</param>
internal sealed class NumberShape(NumberKind kind) : Shape
{
    public override string Words => kind is NumberKind.Whole or NumberKind.Long ? "a whole number" : "a number";

    public override bool Begins(JsonTokenType token) => token is JsonTokenType.Number;

    protected override void CheckValue(ref Utf8JsonReader reader, ShapeFindings findings)
    {
        bool fits = kind switch
        {
            NumberKind.Whole => reader.TryGetInt32(out _),
            NumberKind.Long => reader.TryGetInt64(out _),
            NumberKind.Real => reader.TryGetDouble(out double number) && double.IsFinite(number),
            _ => true,
        };
        if (!fits)
            findings.Add(
                kind is NumberKind.Real ? "it is too large" : "it is not a whole number, or too large",
                $"Give {Words}");
    }
}
