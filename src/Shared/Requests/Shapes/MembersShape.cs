using System.Text.Json;

namespace FrozenSeg.Shared.Requests.Shapes;

/// <summary>An object of known members. One that is null is left out.</summary>
/// <param name="members">The members by name.</param>
internal sealed class MembersShape(params (string Name, Shape Shape)[] members) : Shape
{
    public override string Words => "an object";

    public override bool Begins(JsonTokenType token) => token is JsonTokenType.StartObject;

    protected override void CheckValue(ref Utf8JsonReader reader, ShapeFindings findings)
    {
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            string name = TextShape.IsWhole(ref reader) ? reader.GetString()! : "?";
            Shape? shape = Array.Find(members, member => member.Name == name).Shape;
            findings.Enter(name);
            reader.Read();
            if (shape is null)
            {
                findings.Add(
                    "there is no such member", $"Use {string.Join(", ", members.Select(member => member.Name))}");
                reader.Skip();
            }
            else if (reader.TokenType is not JsonTokenType.Null)
            {
                shape.Check(ref reader, findings);
            }

            findings.Leave();
        }
    }
}
