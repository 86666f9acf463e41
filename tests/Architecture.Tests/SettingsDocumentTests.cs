using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FrozenSeg.Pipeline;
using FrozenSeg.Testing;

namespace FrozenSeg.Architecture.Tests;

/// <summary>
/// What documents say of settings is what the declarations say. Run with <c>FROZENSEG_WRITE_DOCS=1</c> the tests write
/// it.
/// </summary>
public sealed class SettingsDocumentTests
{
    private const string OpenApi = "src/Serving/Http/openapi.json";

    private static readonly bool Writes = Environment.GetEnvironmentVariable("FROZENSEG_WRITE_DOCS") == "1";

    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData("automask", "docs/sam.md")]
    [InlineData("car", "docs/car.md")]
    [InlineData("frozenseg", "docs/frozenseg.md")]
    [InlineData("sam3", "docs/sam3.md")]
    public void Document_HasATableOfEverySetting(string method, string document)
    {
        string path = Path.Combine(RepositoryCopy.Original, document), text = File.ReadAllText(path);
        string begin = $"<!-- settings of {method}, written by the tests -->\n", end = "<!-- end of settings -->";
        int from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length,
            to = text.IndexOf(end, StringComparison.Ordinal);
        string table = SettingsDocument.Table(MethodFactory.Find(method).Settings);
        if (Writes)
            File.WriteAllText(path, text[..from] + table + text[to..]);

        Assert.Equal(table, File.ReadAllText(path)[from..].Split(end)[0]);
    }

    [Fact]
    public void OpenApi_DescribesEverySetting()
    {
        string path = Path.Combine(RepositoryCopy.Original, OpenApi);
        JsonObject declared = SettingsDocument.Schema(
            MethodFactory.Methods.Where(method => method.Name != "fused")
                .SelectMany(method => MethodFactory.Find(method.Name).Settings));
        JsonNode document = JsonNode.Parse(File.ReadAllText(path))!;
        JsonObject settings = document["components"]!["schemas"]!["Request"]!["properties"]!["settings"]!.AsObject();
        if (Writes)
        {
            settings["properties"] = declared.DeepClone();
            File.WriteAllText(path, document.ToJsonString(Indented) + "\n");
        }

        Assert.Equal(declared.ToJsonString(), settings["properties"]?.ToJsonString());
    }
}
