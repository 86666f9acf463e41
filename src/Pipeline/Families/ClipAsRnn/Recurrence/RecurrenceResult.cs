using FrozenSeg.Shared.Results;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn.Recurrence;

/// <summary>What the recurrence ended with.</summary>
/// <param name="Queries">Indices of the queries that are left, rising; never empty.</param>
/// <param name="Proposals">Their soft masks, in that order.</param>
/// <param name="Scores">Their last scores, 0..1.</param>
/// <param name="Trace">Every round.</param>
internal sealed record RecurrenceResult(
    IReadOnlyList<int> Queries, SoftMasks Proposals, IReadOnlyList<float> Scores, IReadOnlyList<FilterRound> Trace);
