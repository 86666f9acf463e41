namespace FrozenSeg.Shared.Results;

/// <summary>One round of CLIP as RNN, or one step of SAM 3: which prompts stayed and which were dropped.</summary>
/// <param name="Round">From 1.</param>
/// <param name="Kept">Prompts that stayed, with their scores.</param>
/// <param name="Removed">Prompts that were dropped, with their scores.</param>
public sealed record FilterRound(int Round, IReadOnlyList<PromptScore> Kept, IReadOnlyList<PromptScore> Removed)
{
    /// <summary>
    /// Why prompts were dropped, where it was not the recurrence that dropped them: <c>presence</c>, CLIP or SAM 3 is
    /// not sure enough that they are there; <c>score</c>, they are there for SAM 3, but no mask of theirs scores
    /// enough; <c>empty_mask</c>, no pixel is left of their mask. Null for a round of the recurrence.
    /// </summary>
    public string? Reason { get; init; }
}
