namespace FrozenSeg.Pipeline.Foundation.Weights;

/// <summary>A weight file that remembers which of its tensors were asked for.</summary>
/// <param name="source">The file.</param>
internal sealed class RecordingWeights(IWeightSource source) : IWeightSource
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => source.Name;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Names => source.Names;

    /// <summary>Tensors that nobody has asked for, in order.</summary>
    public IEnumerable<string> LeftOver() =>
        source.Names.Where(name => !_used.Contains(name)).Order(StringComparer.Ordinal);

    /// <inheritdoc/>
    public WeightTensor? Find(string name)
    {
        WeightTensor? tensor = source.Find(name);
        if (tensor is not null)
            _used.Add(name);
        return tensor;
    }
}
