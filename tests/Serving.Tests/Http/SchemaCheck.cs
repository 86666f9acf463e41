using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FrozenSeg.Serving.Tests.Http;

/// <summary>The part of JSON Schema that the result's schema uses.</summary>
internal static class SchemaCheck
{
    public static IEnumerable<string> Faults(JsonNode schema, JsonNode value) => Check(schema, schema, value, "$");

    private static IEnumerable<string> Check(JsonNode root, JsonNode schema, JsonNode? value, string path)
    {
        if (schema["$ref"]?.GetValue<string>() is string reference)
            schema = reference.Split('/').Skip(1).Aggregate(root, (node, part) => node[part]!);
        if (schema["const"] is JsonNode constant && !JsonNode.DeepEquals(constant, value))
            yield return $"{path}: not {constant}";
        if (schema["enum"] is JsonArray choices && !choices.Any(choice => JsonNode.DeepEquals(choice, value)))
            yield return $"{path}: {value} is not a choice";
        if (schema["type"]?.GetValue<string>() is string type && !IsOf(type, value))
            yield return $"{path}: no {type}";
        if (value is JsonValue number && number.GetValueKind() is JsonValueKind.Number)
        {
            double actual = double.Parse(number.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture);
            if (schema["minimum"] is JsonNode low && actual < (double)low)
                yield return $"{path}: {actual} < {low}";
            if (schema["maximum"] is JsonNode high && actual > (double)high)
                yield return $"{path}: {actual} > {high}";
        }

        if (schema["pattern"]?.GetValue<string>() is string pattern
            && !Regex.IsMatch(value!.GetValue<string>(), pattern))
            yield return $"{path}: does not match {pattern}";
        foreach (string fault in Inside(root, schema, value, path))
            yield return fault;
    }

    private static IEnumerable<string> Inside(JsonNode root, JsonNode schema, JsonNode? value, string path)
    {
        if (value is JsonArray items)
        {
            if (schema["minItems"] is JsonNode least && items.Count < (int)least)
                yield return $"{path}: too short";
            if (schema["items"] is JsonNode each)
            {
                foreach (string fault in items.SelectMany((item, i) => Check(root, each, item, $"{path}[{i}]")))
                    yield return fault;
            }
        }

        if (value is not JsonObject members)
            yield break;
        foreach (string name in (schema["required"]?.AsArray() ?? []).Select(name => name!.GetValue<string>()).Where(
            name => !members.ContainsKey(name)))
            yield return $"{path}.{name}: missing";
        foreach ((string name, JsonNode? member) in members)
        {
            JsonNode? known = schema["properties"]?[name] ?? schema["additionalProperties"];
            foreach (string fault in known is null ? [] : Check(root, known, member, $"{path}.{name}"))
                yield return fault;
        }
    }

    private static bool IsOf(string type, JsonNode? value) => (type, value?.GetValueKind()) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) or ("number", JsonValueKind.Number) => true,
        ("integer", JsonValueKind.Number) => !value!.ToJsonString().Contains('.', StringComparison.Ordinal),
        _ => false,
    };
}
