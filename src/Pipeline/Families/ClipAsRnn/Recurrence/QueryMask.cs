using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn.Recurrence;

/// <summary>The mask of a query that was left.</summary>
/// <param name="Query">Index of the query.</param>
/// <param name="Mask">H×W.</param>
/// <param name="Score">0..1.</param>
internal sealed record QueryMask(int Query, BinaryMask Mask, float Score);
