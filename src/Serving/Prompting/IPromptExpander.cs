using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Serving.Prompting;

/// <summary>
/// Turns prompts into more words for the same things. Never fails: where it cannot help, the prompts stay as they are
/// and a warning says why. Safe for many callers.
/// </summary>
internal interface IPromptExpander
{
    /// <summary>Names the expander and its version: prompts that another one has expanded are expanded again.</summary>
    string Name { get; }

    /// <summary>Expands prompts.</summary>
    /// <param name="prompts">The prompts.</param>
    /// <param name="request">How far to go.</param>
    /// <param name="image">The encoded picture; null when the language model may not see it.</param>
    /// <param name="cancellation">Stops the work.</param>
    Task<PromptExpansion> ExpandAsync(
        IReadOnlyList<SegmentationPrompt> prompts,
        ExpansionRequest request,
        byte[]? image,
        CancellationToken cancellation);
}
