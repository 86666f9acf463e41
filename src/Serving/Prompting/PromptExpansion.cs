using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Serving.Prompting;

/// <summary>Prompts with more words, or as they were.</summary>
/// <param name="Prompts">The same prompts in the same order; new words are synonyms at the end.</param>
/// <param name="Warnings">Why there are no new words, or what was left out.</param>
internal sealed record PromptExpansion(IReadOnlyList<SegmentationPrompt> Prompts, IReadOnlyList<string> Warnings);
