using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FrozenSeg.Functions.Api;

/// <summary>What the service says of itself: models, vocabularies, documents, health, and the page.</summary>
/// <param name="api">Answers.</param>
/// <param name="description">What the service says of itself.</param>
internal sealed class DescriptionFunctions(DurableApi api, ServiceDescription description)
{
    /// <summary>Name of the function behind <c>/api/health</c>.</summary>
    public const string HealthName = "GetHealth";

    /// <summary>Name of the function behind <c>/api/health/details</c>.</summary>
    public const string HealthDetailsName = "GetHealthDetails";

    /// <summary>Name of the function behind <c>/api/health/live</c>.</summary>
    public const string LiveName = "GetHealthLive";

    /// <summary>The networks.</summary>
    [Function("GetModels")]
    public Task<IResult> ModelsAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/models")] HttpRequest request,
        [DurableClient] DurableTaskClient client) => api.Over(client).ModelsAsync(request);

    /// <summary>The vocabularies.</summary>
    [Function("GetVocabularies")]
    public Task<IResult> VocabulariesAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/vocabularies")] HttpRequest request,
        [DurableClient] DurableTaskClient client) => api.Over(client).VocabulariesAsync(request);

    /// <summary>The description of the API.</summary>
    [Function("GetOpenApi")]
    public Task<IResult> OpenApiAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/openapi.json")] HttpRequest request,
        [DurableClient] DurableTaskClient client) => api.Over(client).OpenApiAsync(request);

    /// <summary>The schema of results.</summary>
    [Function("GetSchema")]
    public Task<IResult> SchemaAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/schema")] HttpRequest request,
        [DurableClient] DurableTaskClient client) => api.Over(client).SchemaAsync(request);

    /// <summary>The page; its address takes the key as <c>?code=</c>, and the page hands it on.</summary>
    [Function("GetPage")]
    public Task<IResult> PageAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "{ignored:maxlength(0)?}")] HttpRequest request,
        [DurableClient] DurableTaskClient client) => api.Over(client).PageAsync(request);

    /// <summary>Whether this process can work. Storage must answer and the stages be up.</summary>
    [Function(HealthName)]
    public Task<IResult> HealthAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        api.Over(client).HealthAsync(request, request.HttpContext.RequestAborted);

    /// <summary>The same with models, provider and reason, for those who have a key.</summary>
    [Function(HealthDetailsName)]
    public Task<IResult> HealthDetailsAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/health/details")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        api.Over(client).HealthDetailsAsync(request, request.HttpContext.RequestAborted);

    /// <summary>Whether this process lives, whatever else is wrong.</summary>
    [Function(LiveName)]
    public IResult Live(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health/live")] HttpRequest request) =>
        Results.Json(new { status = "alive", role = description.Role });
}
