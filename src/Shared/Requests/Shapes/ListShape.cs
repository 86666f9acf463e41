using System.Text.Json;

namespace FrozenSeg.Shared.Requests.Shapes;

/// <summary>Any number of values of one shape; null is none of them.</summary>
/// <param name="item">What each looks like.</param>
internal sealed class ListShape(Shape item) : Shape
{
    public override string Words => "a list";

    public override bool Begins(JsonTokenType token) => token is JsonTokenType.StartArray;

    protected override void CheckValue(ref Utf8JsonReader reader, ShapeFindings findings)
    {
        for (int i = 0; reader.Read() && reader.TokenType is not JsonTokenType.EndArray; i++)
        {
            findings.Enter(i);
            item.Check(ref reader, findings);
            findings.Leave();
        }
    }
}
