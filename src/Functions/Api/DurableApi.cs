using FrozenSeg.Functions.Orchestrations;
using FrozenSeg.Serving.Http;
using FrozenSeg.Serving.Workflow.Intake;
using FrozenSeg.Shared.Artefacts;
using Microsoft.DurableTask.Client;

namespace FrozenSeg.Functions.Api;

/// <summary>The HTTP API over a task hub.</summary>
/// <param name="intake">Accepts requests.</param>
/// <param name="store">Holds the files.</param>
/// <param name="description">What the service says of itself.</param>
internal sealed class DurableApi(SegmentationIntake intake, IArtefactStore store, ServiceDescription description)
{
    /// <summary>The API that starts and finds segmentations through <paramref name="client"/>.</summary>
    public SegmentationApi Over(DurableTaskClient client) =>
        new(intake, new DurableSegmentationRunner(client), store, description.Facts(), description.Options);
}
