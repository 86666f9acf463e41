namespace FrozenSeg.Shared.Results;

/// <summary>One round of CLIP as RNN: which prompts stayed and which were dropped.</summary>
/// <param name="Round">From 1.</param>
/// <param name="Kept">Prompts that stayed, with their scores.</param>
/// <param name="Removed">Prompts that were dropped, with their scores.</param>
public sealed record FilterRound(int Round, IReadOnlyList<PromptScore> Kept, IReadOnlyList<PromptScore> Removed);
