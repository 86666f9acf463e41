using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FrozenSeg.Functions.Api;

/// <summary>
/// Segmentations over HTTP: the handlers of <c>frozenseg serve</c>, on the task hub. The host asks for the key.
/// </summary>
/// <param name="api">Answers.</param>
internal sealed class SegmentationFunctions(DurableApi api)
{
    private const string Root = "api/segmentations";

    /// <summary>Starts a segmentation.</summary>
    [Function("PostSegmentation")]
    public Task<IResult> PostAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = Root)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => api.Over(client).PostAsync(request, cancellation);

    /// <summary>Lists the latest segmentations.</summary>
    [Function("ListSegmentations")]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = Root)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => api.Over(client).ListAsync(request, cancellation);

    /// <summary>Starts a segmentation of a given id; doing so twice is doing so once.</summary>
    [Function("PutSegmentation")]
    public Task<IResult> PutAsync(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = Root + "/{id}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => api.Over(client).PutAsync(request, Route(request, "id"), cancellation);

    /// <summary>Says how a segmentation is.</summary>
    [Function("GetSegmentation")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = Root + "/{id}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => api.Over(client).GetAsync(request, Route(request, "id"), cancellation);

    /// <summary>Stops a segmentation.</summary>
    [Function("DeleteSegmentation")]
    public Task<IResult> DeleteAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = Root + "/{id}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => api.Over(client).DeleteAsync(request, Route(request, "id"), cancellation);

    /// <summary>Gives a file of a segmentation.</summary>
    [Function("GetSegmentationFile")]
    public Task<IResult> FileAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = Root + "/{id}/{name}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        api.Over(client).FileAsync(request, Route(request, "id"), Route(request, "name"), cancellation);

    private static string Route(HttpRequest request, string name) => (string)request.RouteValues[name]!;
}
