using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FrozenSeg.Evaluation.Reports;

/// <summary><c>report.json</c>: fractions in 0..1 under the field's names, and the figures by class.</summary>
internal static class EvaluationJson
{
    private static readonly JsonWriterOptions Style = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The document of an evaluation.</summary>
    public static JsonObject ToJson(EvaluationReport evaluation)
    {
        var json = new JsonObject { ["metric"] = evaluation.Metric, ["pictures"] = evaluation.Pictures };
        foreach (FigureGroup group in evaluation.Groups)
        {
            JsonObject target = json;
            if (group.Name is not null)
                json[group.Name] = target = [];
            Add(target, group.Figures);
        }

        if (evaluation.Classes.Count > 0)
        {
            var classes = new JsonObject();
            foreach (ClassFigures row in evaluation.Classes)
            {
                var figures = new JsonObject { ["name"] = row.Name };
                Add(figures, row.Figures);
                classes[row.Key] = figures;
            }

            json[evaluation.ClassesName] = classes;
        }

        json["settings"] = new JsonObject(evaluation.Settings.Select(
            setting => KeyValuePair.Create<string, JsonNode?>(setting.Key, setting.Value)));
        json["warnings"] = new JsonArray([.. evaluation.Warnings.Select(warning => JsonValue.Create(warning))]);
        return json;
    }

    /// <summary>A document as bytes.</summary>
    public static byte[] Write(JsonObject json)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Style))
            json.WriteTo(writer);
        return buffer.ToArray();
    }

    private static void Add(JsonObject target, IReadOnlyList<Figure> figures)
    {
        foreach (Figure figure in figures)
            target[figure.Name] = figure.IsCount ? (long?)figure.Value : figure.Value;
    }
}
