using FrozenSeg.Shared.Artefacts;

namespace FrozenSeg.Serving.Workflow.Documents;

/// <summary>What <see cref="StageNames.Notify"/> gives.</summary>
/// <param name="StatusCode">What the caller's address answered.</param>
internal sealed record Notified(int StatusCode) : IStageOutput
{
    /// <inheritdoc/>
    public IEnumerable<ArtefactReference> Artefacts() => [];
}
