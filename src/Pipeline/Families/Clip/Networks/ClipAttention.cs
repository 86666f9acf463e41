using FrozenSeg.Pipeline.Foundation.Graphs;

namespace FrozenSeg.Pipeline.Families.Clip.Networks;

/// <summary>The inside of one attention.</summary>
/// <param name="Query"><c>[heads, Q, d]</c>.</param>
/// <param name="Key"><c>[heads, L, d]</c>.</param>
/// <param name="Value"><c>[heads, L, d]</c>.</param>
/// <param name="Probabilities"><c>[heads, Q, L]</c>, rows sum to 1.</param>
/// <param name="Context"><c>[heads, Q, d]</c>: probabilities times values.</param>
internal sealed record ClipAttention(
    GraphValue Query, GraphValue Key, GraphValue Value, GraphValue Probabilities, GraphValue Context);
