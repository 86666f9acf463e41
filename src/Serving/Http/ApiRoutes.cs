using FrozenSeg.Serving.Http.Documents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FrozenSeg.Serving.Http;

/// <summary>Where the handlers answer, in an ASP.NET Core application.</summary>
internal static class ApiRoutes
{
    /// <summary>Root of the API.</summary>
    public const string Segmentations = "/api/segmentations";

    /// <summary>Maps every route.</summary>
    public static void MapSegmentationApi(this IEndpointRouteBuilder routes, SegmentationApi api)
    {
        routes.MapGet(Segmentations, api.ListAsync);
        routes.MapPost(
            Segmentations,
            (HttpRequest request, CancellationToken cancellation) => api.PostAsync(request, cancellation));
        routes.MapPut(
            Segmentations + "/{id}",
            (HttpRequest request, string id, CancellationToken cancellation) =>
                api.PutAsync(request, id, cancellation));
        routes.MapGet(
            Segmentations + "/{id}",
            (HttpRequest request, string id, CancellationToken cancellation) =>
                api.GetAsync(request, id, cancellation));
        routes.MapDelete(
            Segmentations + "/{id}",
            (HttpRequest request, string id, CancellationToken cancellation) =>
                api.DeleteAsync(request, id, cancellation));
        routes.MapGet(
            Segmentations + "/{id}/" + StatusDocument.EventsName,
            (HttpRequest request, string id, CancellationToken cancellation) =>
                api.EventsAsync(request, id, cancellation));
        routes.MapGet(
            Segmentations + "/{id}/{name}",
            (HttpRequest request, string id, string name, CancellationToken cancellation) =>
                api.FileAsync(request, id, name, cancellation));
        routes.MapGet("/api/models", api.ModelsAsync);
        routes.MapGet("/api/vocabularies", api.VocabulariesAsync);
        routes.MapGet("/api/openapi.json", api.OpenApiAsync);
        routes.MapGet("/api/schema", api.SchemaAsync);
        routes.MapGet("/api/health", api.HealthAsync);
        routes.MapGet("/api/health/details", api.HealthDetailsAsync);
        routes.MapGet("/", api.PageAsync);
    }

    /// <summary>Maps the routes that answer while somebody watches.</summary>
    public static void MapInteractionApi(this IEndpointRouteBuilder routes, InteractionApi api)
    {
        routes.MapPost(
            "/api/embeddings",
            (HttpRequest request, CancellationToken cancellation) => api.EmbedAsync(request, cancellation));
        routes.MapPost(
            "/api/predictions",
            (HttpRequest request, CancellationToken cancellation) => api.PredictAsync(request, cancellation));
        routes.MapPost(
            "/api/exports/{form}",
            (HttpRequest request, string form, CancellationToken cancellation) =>
                api.ExportAsync(request, form, cancellation));
        routes.MapGet("/api/examples", api.ExamplesAsync);
        routes.MapGet("/api/examples/{name}", (HttpRequest request, string name) => api.ExampleAsync(request, name));
        routes.MapPost(
            "/api/similar",
            (HttpRequest request, CancellationToken cancellation) => api.FindSimilarAsync(request, cancellation));
    }
}
