namespace FrozenSeg.Pipeline.Foundation.Weights;

/// <summary>A weight file seen under other names, for instance Hugging Face's keys under the official ones.</summary>
/// <param name="source">The file.</param>
/// <param name="stored">For each name a network asks for, the name in the file.</param>
internal sealed class RenamedWeights(IWeightSource source, IReadOnlyDictionary<string, string> stored) : IWeightSource
{
    /// <inheritdoc/>
    public string Name => source.Name;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Names => [.. stored.Keys];

    /// <inheritdoc/>
    public WeightTensor? Find(string name) =>
        stored.TryGetValue(name, out string? storedName) ? source.Find(storedName) : null;
}
