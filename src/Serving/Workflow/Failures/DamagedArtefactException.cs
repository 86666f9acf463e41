using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving.Workflow.Failures;

/// <summary>
/// An artefact that is not what was kept. Asking the store again does not help, so this is not a failure of storage:
/// whatever made the artefact has to make it again.
/// </summary>
/// <param name="artefact">The artefact.</param>
internal sealed class DamagedArtefactException(ArtefactReference artefact) : Exception($"{artefact.Key} is damaged")
{
    /// <summary>The failure as a caller sees it.</summary>
    public SegmentationProblem Problem { get; } = new(
        ProblemKind.Storage, artefact.Key, "what the service had stored is damaged", "Send the picture again");
}
