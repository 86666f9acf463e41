using FrozenSeg.Pipeline.Foundation.Graphs;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Networks;

/// <summary>What the injectors take from SAM.</summary>
/// <param name="Value">The SAM branch at the coarsest level's size, with that level's vector, <c>[n, D]</c>.</param>
/// <param name="Key">The same with positions.</param>
/// <param name="Embedding">SAM's embedding, <c>[1, D, g, g]</c>.</param>
/// <param name="MaskFeatures">Mask features at the embedding's size, <c>[1, D, g, g]</c>.</param>
internal sealed record SamMemory(GraphValue Value, GraphValue Key, GraphValue Embedding, GraphValue MaskFeatures);
