namespace FrozenSeg.Pipeline.Foundation.Weights;

/// <summary>A part of a weight file, seen without the prefix that its names share.</summary>
/// <param name="source">The file.</param>
/// <param name="prefix">The prefix, with its dot.</param>
internal sealed class PrefixedWeights(IWeightSource source, string prefix) : IWeightSource
{
    /// <inheritdoc/>
    public string Name => source.Name;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Names =>
        [.. source.Names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Select(
            name => name[prefix.Length..])];

    /// <inheritdoc/>
    public WeightTensor? Find(string name) => source.Find(prefix + name);
}
