using FrozenSeg.Pipeline.Families.Clip;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Testing;

/// <summary>A CLIP of the published make with synthetic weights, small enough for unit tests.</summary>
public static class SmallClip
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("frozenseg-clip-").FullName;

    /// <summary>Its sizes.</summary>
    internal static ClipConfiguration Configuration { get; } = new(
        "small",
        new ClipTextConfiguration
        {
            Width = 32,
            Layers = 2,
            Heads = 2,
            Context = 32,
            Vocabulary = 514 + 300,
            EmbeddingSize = 16,
        },
        new ClipVisionConfiguration
        {
            Width = 32,
            Layers = 3,
            Heads = 2,
            PatchSize = 8,
            GridSize = 4,
            EmbeddingSize = 16,
        });

    /// <summary>Sessions on the CPU, one thread.</summary>
    internal static SessionFactory Sessions { get; } = new(
        new RuntimeOptions { Provider = ExecutionProviderChoice.Cpu, Threads = 1 });

    /// <summary>Its weights; the caller disposes them.</summary>
    internal static WeightFile OpenWeights() =>
        SyntheticWeights.Open(Folder, "small-clip", ClipGraphs.Requirements(Configuration));

    /// <summary>Metadata that say what its shapes do not.</summary>
    public static IReadOnlyDictionary<string, string> Metadata { get; } =
        new Dictionary<string, string> { ["clip.text_heads"] = "2", ["clip.vision_heads"] = "2" };

    /// <summary>A file that holds it.</summary>
    /// <param name="folder">Where to put it.</param>
    public static string Write(string folder)
    {
        string path = Path.Combine(folder, "small-clip.safetensors");
        OpenRenamed(path, ClipGraphs.Requirements(Configuration).Keys.ToDictionary(name => name), Metadata).Dispose();
        return path;
    }

    /// <summary>Its weights under other names, in a file of their own.</summary>
    /// <param name="path">The file to make.</param>
    /// <param name="names">For each name in the file the official one.</param>
    /// <param name="metadata">Of the file.</param>
    internal static WeightFile OpenRenamed(
        string path, IReadOnlyDictionary<string, string> names, IReadOnlyDictionary<string, string> metadata)
    {
        IReadOnlyDictionary<string, TensorShape> official = ClipGraphs.Requirements(Configuration);
        SafetensorsWriter.Write(
            path,
            [.. names.Select(entry => KeyValuePair.Create(entry.Key, official[entry.Value]))],
            metadata,
            (name, shape) => SyntheticWeights.Elements(names[name], shape));
        return WeightFile.Open(path);
    }
}
