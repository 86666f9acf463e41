using FrozenSeg.Shared.Artefacts;

namespace FrozenSeg.Serving.Workflow.Documents;

/// <summary>What <see cref="StageNames.ExpandPrompts"/> gives.</summary>
/// <param name="Request">The request with more synonyms; the same as before when the language model gave
/// nothing.</param>
/// <param name="Warnings">Why it gave nothing, or what was cut.</param>
internal sealed record ExpandedRequest(ArtefactReference Request, IReadOnlyList<string> Warnings) : IStageOutput
{
    /// <inheritdoc/>
    public IEnumerable<ArtefactReference> Artefacts() => [Request];
}
