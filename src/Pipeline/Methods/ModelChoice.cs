using System.Text.Json;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Methods;

/// <summary>The networks that the user of this machine chose, by role: <c>use.json</c> in the models folder.</summary>
internal static class ModelChoice
{
    private const string FileName = "use.json";

    /// <summary>The choice; empty when nobody made one.</summary>
    /// <exception cref="SegmentationProblemException">The file is something else.</exception>
    public static IReadOnlyDictionary<string, string> Read(ModelStore store)
    {
        string path = PathIn(store);
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize(
                    File.ReadAllBytes(path), CatalogueJsonContext.Default.DictionaryStringString) ?? []
                : new Dictionary<string, string>();
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            throw SegmentationProblem.Storage(
                path,
                "it does not list networks by role",
                "Delete it, and choose again with: frozenseg models use NAME",
                failure);
        }
    }

    /// <summary>Keeps a choice in place of the last.</summary>
    /// <exception cref="SegmentationProblemException">The models folder cannot be written.</exception>
    public static void Write(ModelStore store, IReadOnlyDictionary<string, string> choice)
    {
        if (choice.Count == 0 && !File.Exists(PathIn(store)))
            return;
        if (choice.Count == 0)
            File.Delete(PathIn(store));
        else
            AtomicFile.Write(PathIn(store), JsonSerializer.SerializeToUtf8Bytes(
                new Dictionary<string, string>(choice), CatalogueJsonContext.Default.DictionaryStringString));
    }

    private static string PathIn(ModelStore store) => Path.Combine(store.Folder, FileName);
}
