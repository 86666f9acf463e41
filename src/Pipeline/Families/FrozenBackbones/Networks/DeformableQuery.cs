using FrozenSeg.Pipeline.Foundation.Graphs;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Networks;

/// <summary>What deformable attention samples, and where each token looks.</summary>
/// <param name="Value"><c>[N, D]</c>: a row for each cell of all maps.</param>
/// <param name="Offsets"><c>[N, heads·levels·points·2]</c>: (x, y) in cells, from the token's own place.</param>
/// <param name="Weights"><c>[N, heads·levels·points]</c>: before the softmax.</param>
internal sealed record DeformableQuery(GraphValue Value, GraphValue Offsets, GraphValue Weights);
