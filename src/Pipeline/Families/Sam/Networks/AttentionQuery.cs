using FrozenSeg.Pipeline.Foundation.Graphs;

namespace FrozenSeg.Pipeline.Families.Sam.Networks;

/// <summary>
/// What an attention of the ViT works with (sam.md 2.1): its logits are <c>(q·k + rows + columns)/√d</c>, where a key's
/// row and column say which numbers are added.
/// </summary>
/// <param name="Query"><c>[windows, places, heads·d]</c>.</param>
/// <param name="Key"><c>[windows, places, heads·d]</c>.</param>
/// <param name="Value"><c>[windows, places, heads·d]</c>.</param>
/// <param name="Rows"><c>[windows, places, heads, side]</c>; null without relative positions.</param>
/// <param name="Columns"><c>[windows, places, heads, side]</c>; null without relative positions.</param>
internal sealed record AttentionQuery(
    GraphValue Query, GraphValue Key, GraphValue Value, GraphValue? Rows, GraphValue? Columns);
