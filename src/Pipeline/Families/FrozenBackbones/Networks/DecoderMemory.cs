using FrozenSeg.Pipeline.Foundation.Graphs;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Networks;

/// <summary>What the queries look at, made once for all layers.</summary>
/// <param name="Levels">Features with their level's vector, each <c>[n, D]</c>.</param>
/// <param name="Keys">The same with positions, each <c>[n, D]</c>.</param>
/// <param name="MaskFeatures"><c>[1, D, H/4, W/4]</c>.</param>
/// <param name="LevelMaskFeatures">Mask features at each level's size, each <c>[1, D, h, w]</c>.</param>
/// <param name="Sam">The SAM branch; null without injectors.</param>
internal sealed record DecoderMemory(
    IReadOnlyList<GraphValue> Levels,
    IReadOnlyList<GraphValue> Keys,
    GraphValue MaskFeatures,
    IReadOnlyList<GraphValue> LevelMaskFeatures,
    SamMemory? Sam);
