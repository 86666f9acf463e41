using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving.Workflow.Documents;

/// <summary>Input of <see cref="StageNames.Notify"/>.</summary>
/// <param name="Id">Id of the segmentation.</param>
/// <param name="Request">The request, which names the address.</param>
/// <param name="Succeeded">Whether there is a result.</param>
/// <param name="Segments">How many segments.</param>
/// <param name="Problems">Why there is none.</param>
internal sealed record NotifyInput(
    string Id, ArtefactReference Request, bool Succeeded, int Segments, IReadOnlyList<SegmentationProblem> Problems);
