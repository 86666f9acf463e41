using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Pipeline.Foundation.Graphs;

/// <summary>
/// A place in a network: where its weights are found and its nodes named. Indexing goes one level down, so that
/// <c>scope["blocks"][3]["attn"]</c> is the weight prefix <c>blocks.3.attn</c>.
/// </summary>
/// <param name="Graph">The graph under construction.</param>
/// <param name="Weights">Where weights come from.</param>
/// <param name="Path">Prefix of the weights' names; empty at the root.</param>
internal readonly record struct GraphScope(GraphBuilder Graph, IWeightSource Weights, string Path)
{
    /// <summary>The part of the network called <paramref name="child"/>.</summary>
    public GraphScope this[string child] => this with { Path = Path.Length == 0 ? child : $"{Path}.{child}" };

    /// <summary>The part with the number <paramref name="index"/>.</summary>
    public GraphScope this[int index] => this[index.ToString(System.Globalization.CultureInfo.InvariantCulture)];

    /// <summary>The weight <paramref name="leaf"/> of this part.</summary>
    /// <param name="leaf">Last part of its name.</param>
    /// <param name="shape">The shape it must have.</param>
    public GraphValue Weight(string leaf, params ReadOnlySpan<int> shape) =>
        Graph.Weight(Weights, this[leaf].Path, shape);

    /// <summary>Whether the weights hold <paramref name="leaf"/>.</summary>
    public bool Has(string leaf) => Weights.Find(this[leaf].Path) is not null;

    /// <summary>Names nodes after this part until the result is disposed.</summary>
    public IDisposable Enter() => Graph.Within(Path.Replace('.', '/'));
}
