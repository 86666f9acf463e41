namespace FrozenSeg.Shared.Results;

/// <summary>How well a prompt answered for its mask.</summary>
/// <param name="Prompt">Id of the prompt.</param>
/// <param name="Text">The prompt.</param>
/// <param name="Score">0..1.</param>
public sealed record PromptScore(string Prompt, string Text, double Score);
