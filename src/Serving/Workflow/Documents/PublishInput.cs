using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Serving.Workflow.Documents;

/// <summary>Input of <see cref="StageNames.Publish"/>.</summary>
/// <param name="Id">Id of the segmentation; names its files.</param>
/// <param name="Request">The request, expanded if it was to be.</param>
/// <param name="Picture">The picture.</param>
/// <param name="Answer">The aggregated outcome.</param>
/// <param name="Timings">Wall time by stage so far.</param>
/// <param name="Warnings">Warnings of earlier stages.</param>
internal sealed record PublishInput(
    string Id,
    ArtefactReference Request,
    PreparedPicture Picture,
    MethodOutput Answer,
    IReadOnlyList<StageTiming> Timings,
    IReadOnlyList<string> Warnings);
