using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace FrozenSeg.Evaluation.Formats;

/// <summary>What a person calls the kinds of JSON values.</summary>
internal static class JsonWords
{
    /// <summary>The kind of value a token is or begins.</summary>
    public static string Of(JsonTokenType token) => token switch
    {
        JsonTokenType.StartArray => "a list",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.String => "text",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        JsonTokenType.Null => "null",
        _ => "something else",
    };

    /// <summary>The kind of value that belongs to a place of a document.</summary>
    /// <param name="root">The document.</param>
    /// <param name="path">The place, as <c>$.annotations[3].area</c>; null for the document itself.</param>
    public static string At(JsonTypeInfo root, string? path)
    {
        Type type = root.Type;
        foreach (string step in (path ?? "$").Split('.').Skip(1))
        {
            if (type == typeof(object))
                break;
            string name = step.Split('[')[0];
            type = root.Options.GetTypeInfo(type).Properties.FirstOrDefault(
                property => property.Name == name)?.PropertyType ?? typeof(object);
            for (int depth = step.Count(letter => letter == '['); depth > 0; depth--)
                type = type.GetElementType() ?? typeof(object);
        }

        return Of(Nullable.GetUnderlyingType(type) ?? type);
    }

    private static string Of(Type type) => type switch
    {
        { IsArray: true } => "a list",
        _ when type == typeof(double) => "a number",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(string) => "text",
        _ => "an object",
    };
}
