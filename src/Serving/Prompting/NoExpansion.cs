using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Serving.Prompting;

/// <summary>Leaves prompts as they are: the default.</summary>
internal sealed class NoExpansion : IPromptExpander
{
    private NoExpansion()
    {
    }

    /// <summary>The one there is.</summary>
    public static NoExpansion Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "none";

    /// <inheritdoc/>
    public Task<PromptExpansion> ExpandAsync(
        IReadOnlyList<SegmentationPrompt> prompts,
        ExpansionRequest request,
        byte[]? image,
        CancellationToken cancellation) =>
        Task.FromResult(new PromptExpansion(prompts, ["prompts were not expanded: no language model is configured"]));
}
