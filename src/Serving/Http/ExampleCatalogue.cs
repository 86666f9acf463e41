using System.Text.Json;
using FrozenSeg.Serving.Http.Documents;

namespace FrozenSeg.Serving.Http;

/// <summary>Pictures to try the service with, brought along.</summary>
internal static class ExampleCatalogue
{
    private const string Prefix = "FrozenSeg.Serving.examples.";

    private static readonly Lazy<IReadOnlyList<ExampleDocument>> Listed = new(() =>
        JsonSerializer.Deserialize(
            ServiceContent.Read("examples.json"), ServingJsonContext.Default.ExamplesDocument)!.Examples);

    /// <summary>The examples, those for photographs first where the networks know photographs.</summary>
    /// <param name="knowsPhotographs">Whether the networks were made for photographs.</param>
    public static ExamplesDocument List(bool knowsPhotographs) =>
        new([.. Listed.Value.OrderBy(example => example.IsPhotograph == knowsPhotographs ? 0 : 1)]);

    /// <summary>The file of an example; null when there is none of this name.</summary>
    public static byte[]? Find(string name)
    {
        if (Listed.Value.All(example => example.Name != name))
            return null;
        using Stream stream = typeof(ExampleCatalogue).Assembly.GetManifestResourceStream(Prefix + name)!;
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
