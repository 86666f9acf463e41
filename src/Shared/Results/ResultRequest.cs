namespace FrozenSeg.Shared.Results;

/// <summary>What was asked, as far as it shapes the result.</summary>
/// <param name="Method"><c>automask</c>, <c>predict</c>, <c>car</c>, <c>frozenseg</c>, <c>fcclip</c> or
/// <c>fused</c>.</param>
/// <param name="Tasks">The answers asked for: <c>panoptic</c>, <c>semantic</c>, <c>instance</c>, <c>referring</c>,
/// <c>masks</c>.</param>
/// <param name="Prompts">The prompts as given; null with a named vocabulary.</param>
/// <param name="Vocabulary">Name of the vocabulary; null without one.</param>
/// <param name="Settings">Every setting of the method, under its published name.</param>
public sealed record ResultRequest(
    string Method,
    IReadOnlyList<string> Tasks,
    string? Prompts,
    string? Vocabulary,
    IReadOnlyDictionary<string, string> Settings);
