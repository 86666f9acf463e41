using FrozenSeg.Pipeline.Foundation.Graphs;

namespace FrozenSeg.Pipeline.Families.Sam3.Networks;

/// <summary>What a layer of the decoder hands to the next.</summary>
/// <param name="Tokens">The presence token, then the queries, before their last norm, <c>[Q + 1, d]</c>.</param>
/// <param name="Queries">The queries after that norm, <c>[Q, d]</c>; null before the first layer.</param>
/// <param name="Boxes">Centre x, centre y, width and height of each query in 0..1, <c>[Q, 4]</c>.</param>
internal sealed record DecoderState(GraphValue Tokens, GraphValue? Queries, GraphValue Boxes);
