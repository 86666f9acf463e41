using System.Text.Json;

namespace FrozenSeg.Shared.Requests.Shapes;

/// <summary><c>true</c> or <c>false</c>.</summary>
internal sealed class FlagShape : Shape
{
    public override string Words => "true or false";

    public override bool Begins(JsonTokenType token) => token is JsonTokenType.True or JsonTokenType.False;

    protected override void CheckValue(ref Utf8JsonReader reader, ShapeFindings findings)
    {
    }
}
