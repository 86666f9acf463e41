using FrozenSeg.Pipeline.Foundation.Graphs;

namespace FrozenSeg.Pipeline.Families.Clip.Backbones;

/// <summary>What a backbone makes of a picture.</summary>
/// <param name="Stem"><c>[1, c, h, w]</c>, before the first stage.</param>
/// <param name="Levels">res2 to res5, each <c>[1, c, h, w]</c>; the last is also CLIP's dense feature map.</param>
internal sealed record BackboneFeatures(GraphValue Stem, IReadOnlyList<GraphValue> Levels);
