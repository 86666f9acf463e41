using System.Text.Json;

namespace FrozenSeg.Shared.Requests.Shapes;

/// <summary>An object whose members have names of the caller's choice; null is not a value of theirs.</summary>
/// <param name="value">What each looks like.</param>
internal sealed class NamedValuesShape(Shape value) : Shape
{
    public override string Words => "an object";

    public override bool Begins(JsonTokenType token) => token is JsonTokenType.StartObject;

    protected override void CheckValue(ref Utf8JsonReader reader, ShapeFindings findings)
    {
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            bool isWhole = TextShape.IsWhole(ref reader);
            findings.Enter(isWhole ? ShapeFindings.Shorten(reader.GetString()!) : "?");
            if (!isWhole)
                findings.Add("its name holds halves of characters", "Send UTF-8");
            reader.Read();
            value.Check(ref reader, findings);
            findings.Leave();
        }
    }
}
