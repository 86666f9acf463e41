using System.Text.Json;

namespace FrozenSeg.Shared.Requests.Shapes;

/// <summary>A file in base64. It is long, and read once: whether it is base64 shows then.</summary>
internal sealed class BytesShape : Shape
{
    public override string Words => "base64";

    public override bool Begins(JsonTokenType token) => token is JsonTokenType.String;

    protected override void CheckValue(ref Utf8JsonReader reader, ShapeFindings findings)
    {
        if (reader.ValueIsEscaped && !TextShape.IsWhole(ref reader))
            findings.Add("it is not base64", "Send the whole file in base64");
    }
}
