using System.Text;
using System.Text.Json.Nodes;
using FrozenSeg.Pipeline.Methods.Settings;

namespace FrozenSeg.Architecture.Tests;

/// <summary>Declared settings as people and programs read them.</summary>
internal static class SettingsDocument
{
    /// <summary>A Markdown table.</summary>
    public static string Table(IEnumerable<SettingDeclaration> settings)
    {
        var text = new StringBuilder("| setting | option | what it does | default | from |\n|---|---|---|---|---|\n");
        foreach (SettingDeclaration setting in settings)
        {
            string option = setting.Option is null ? "" : $"`{setting.Option}`";
            text.Append($"| `{setting.Name}` | {option} | {Meaning(setting)} | {Cell(setting.Default ?? "–")} | "
                + $"{Cell(setting.Source ?? "ours")} |\n");
        }

        return text.ToString();
    }

    /// <summary>The <c>properties</c> of a JSON schema; numbers and switches may be written as text too.</summary>
    public static JsonObject Schema(IEnumerable<SettingDeclaration> settings) =>
        new(settings.GroupBy(setting => setting.Name).Select(group => KeyValuePair.Create(
            group.Key,
            (JsonNode?)Property(
                group.First() with { Text = string.Join("; ", group.Select(setting => setting.Text).Distinct()) }))));

    private static JsonObject Property(SettingDeclaration setting)
    {
        var schema = new JsonObject
        {
            ["type"] = setting.Kind switch
            {
                SettingKind.Integer => new JsonArray("integer", "string"),
                SettingKind.Number => new JsonArray("number", "string"),
                SettingKind.Switch => new JsonArray("boolean", "string"),
                _ => "string",
            },
            ["description"] = setting.Default is null ? setting.Text : $"{setting.Text}. Default: {setting.Default}.",
        };
        if (setting.Range is { } range)
        {
            schema[range.ExcludesLow ? "exclusiveMinimum" : "minimum"] = range.Low;
            if (!double.IsPositiveInfinity(range.High))
                schema["maximum"] = range.High;
        }

        if (setting.Kind is SettingKind.Choice)
            schema["enum"] = new JsonArray([.. setting.Choices.Select(choice => (JsonNode)choice)]);
        return schema;
    }

    private static string Meaning(SettingDeclaration setting)
    {
        string choices = setting.Choices.Count == 0
            ? ""
            : $": {string.Join(", ", setting.Choices.Select(choice => $"`{choice}`"))}";
        string range = setting.Range is { } numbers ? $"; {numbers}" : "";
        string unit = setting.Unit is null ? "" : range.Length > 0 ? $" {setting.Unit}" : $"; {setting.Unit}";
        return Cell(setting.Text) + choices + range + unit;
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
