using FrozenSeg.Pipeline.Foundation.Graphs;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Networks;

/// <summary>The object queries between two layers.</summary>
/// <param name="Queries"><c>[Q, D]</c>: as the next layer takes them.</param>
/// <param name="Heads"><c>[Q, D]</c>: as the prediction heads saw them, before the Query Injector.</param>
internal sealed record QueryState(GraphValue Queries, GraphValue Heads);
