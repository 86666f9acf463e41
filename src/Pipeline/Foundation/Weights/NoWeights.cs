namespace FrozenSeg.Pipeline.Foundation.Weights;

/// <summary>
/// A source that holds nothing. A graph built over it cannot run, but lists what it needs
/// (<see cref="Foundation.Graphs.GraphBuilder.Requirements"/>).
/// </summary>
internal sealed class NoWeights : IWeightSource
{
    /// <summary>The only instance.</summary>
    public static NoWeights Instance { get; } = new();

    private NoWeights()
    {
    }

    /// <inheritdoc/>
    public string Name => "no weights";

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Names => [];

    /// <inheritdoc/>
    public WeightTensor? Find(string name) => null;
}
