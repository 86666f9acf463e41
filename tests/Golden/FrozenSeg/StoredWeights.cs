using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.FrozenSeg;

/// <summary>The parameters that a golden file stores (<c>w:</c> and the official name), as a weight file.</summary>
internal sealed class StoredWeights : IDisposable
{
    private const string Mark = "w:";

    private readonly TemporaryFolder _folder = new();

    private StoredWeights(
        IReadOnlyList<KeyValuePair<string, TensorShape>> shapes, Func<string, TensorShape, float[]> elements)
    {
        string path = _folder.Path("weights.safetensors");
        SafetensorsWriter.Write(path, shapes, new Dictionary<string, string>(), elements);
        File = WeightFile.Open(path);
    }

    /// <summary>The weight file.</summary>
    public WeightFile File { get; }

    /// <summary>The parameters of a file, with a prefix before their names.</summary>
    public static StoredWeights From(NpzFile golden, string prefix = "") => new(
        [.. golden.Names.Where(name => name.StartsWith(Mark, StringComparison.Ordinal)).Select(
            name => KeyValuePair.Create(prefix + name[Mark.Length..], golden[name].Shape))],
        (name, _) => golden[Mark + name[prefix.Length..]].Floats);

    /// <summary>The parameters described by <c>NAME.weights.json</c>, regenerated.</summary>
    public static StoredWeights From(RegeneratedWeights described, string prefix) => new(
        [.. described.Shapes.Select(entry => KeyValuePair.Create($"{prefix}{entry.Key}", entry.Value))],
        (name, _) => described.Elements(name[prefix.Length..]));

    public void Dispose()
    {
        File.Dispose();
        _folder.Dispose();
    }
}
