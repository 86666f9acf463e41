using FrozenSeg.Functions.Orchestrations;
using FrozenSeg.Pipeline.Serving;
using FrozenSeg.Pipeline.Workflow;
using FrozenSeg.Shared.Artefacts;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FrozenSeg.Functions.Api;

/// <summary>Segmentations over HTTP: the handlers of <c>frozenseg serve</c>, on the task hub. The host asks for the key.</summary>
/// <param name="intake">Accepts requests.</param>
/// <param name="store">Holds the files.</param>
/// <param name="description">What the service says of itself.</param>
public sealed class SegmentationFunctions(SegmentationIntake intake, IArtefactStore store, ServiceDescription description)
{
    private const string Root = "api/segmentations";

    /// <summary>Starts a segmentation.</summary>
    [Function("PostSegmentation")]
    public Task<IResult> PostAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = Root)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => Open(client).PostAsync(request, cancellation);

    /// <summary>Starts a segmentation of a given id; doing so twice is doing so once.</summary>
    [Function("PutSegmentation")]
    public Task<IResult> PutAsync(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = Root + "/{id}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => Open(client).PutAsync(request, Route(request, "id"), cancellation);

    /// <summary>Says how a segmentation is.</summary>
    [Function("GetSegmentation")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = Root + "/{id}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => Open(client).GetAsync(request, Route(request, "id"), cancellation);

    /// <summary>Stops a segmentation.</summary>
    [Function("DeleteSegmentation")]
    public Task<IResult> DeleteAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = Root + "/{id}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => Open(client).DeleteAsync(request, Route(request, "id"), cancellation);

    /// <summary>Gives a file of a segmentation.</summary>
    [Function("GetSegmentationFile")]
    public Task<IResult> FileAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = Root + "/{id}/{name}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        Open(client).FileAsync(request, Route(request, "id"), Route(request, "name"), cancellation);

    private SegmentationApi Open(DurableTaskClient client) =>
        new(intake, new DurableSegmentationRunner(client), store, description.Facts(), description.Options);

    private static string Route(HttpRequest request, string name) => (string)request.RouteValues[name]!;
}
