using FrozenSeg.Shared.Artefacts;

namespace FrozenSeg.Serving.Workflow.Documents;

/// <summary>
/// The input of the workflow. The request itself lies in the store: ten thousand prompts do not fit a message.
/// </summary>
/// <param name="Id">Id of the segmentation, see <see cref="SegmentationId"/>.</param>
/// <param name="Request">The checked request, as <c>RequestJsonContext</c> writes it.</param>
/// <param name="Method">Its method.</param>
/// <param name="Expands">Whether its prompts are expanded.</param>
/// <param name="Notifies">Whether somebody is to be told of the end.</param>
internal sealed record SegmentationJob(
    string Id, ArtefactReference Request, string Method, bool Expands, bool Notifies);
