using System.Text.Json;

namespace FrozenSeg.Shared.Requests.Shapes;

/// <summary>One of several shapes, told apart by how they begin.</summary>
/// <param name="shapes">The shapes.</param>
internal sealed class EitherShape(params Shape[] shapes) : Shape
{
    public override string Words => string.Join(" or ", shapes.Select(shape => shape.Words));

    public override bool Begins(JsonTokenType token) => shapes.Any(shape => shape.Begins(token));

    protected override void CheckValue(ref Utf8JsonReader reader, ShapeFindings findings)
    {
        JsonTokenType token = reader.TokenType;
        Array.Find(shapes, shape => shape.Begins(token))!.Check(ref reader, findings);
    }
}
