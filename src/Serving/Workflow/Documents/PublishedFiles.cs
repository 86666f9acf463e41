using FrozenSeg.Shared.Artefacts;

namespace FrozenSeg.Serving.Workflow.Documents;

/// <summary>What <see cref="StageNames.Publish"/> gives.</summary>
/// <param name="Files">The files by name; <c>result.json</c> is always among them.</param>
/// <param name="Segments">How many segments.</param>
internal sealed record PublishedFiles(IReadOnlyDictionary<string, ArtefactReference> Files, int Segments) : IStageOutput
{
    /// <summary>All that the result warns of; null in a receipt that an earlier version left.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ArtefactReference> Artefacts() => Files.Values;
}
