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
        MapRead(routes, Segmentations, api.ListAsync);
        routes.MapPost(
            Segmentations,
            (HttpRequest request, CancellationToken cancellation) => api.PostAsync(request, cancellation));
        routes.MapPut(
            Segmentations + "/{id}",
            (HttpRequest request, string id, CancellationToken cancellation) =>
                api.PutAsync(request, id, cancellation));
        MapRead(
            routes,
            Segmentations + "/{id}",
            (HttpRequest request, string id, CancellationToken cancellation) =>
                api.GetAsync(request, id, cancellation));
        routes.MapDelete(
            Segmentations + "/{id}",
            (HttpRequest request, string id, CancellationToken cancellation) =>
                api.DeleteAsync(request, id, cancellation));
        // Not HEAD, which would wait for the last event.
        routes.MapGet(
            Segmentations + "/{id}/" + StatusDocument.EventsName,
            (HttpRequest request, string id, CancellationToken cancellation) =>
                api.EventsAsync(request, id, cancellation));
        MapRead(
            routes,
            Segmentations + "/{id}/{name}",
            (HttpRequest request, string id, string name, CancellationToken cancellation) =>
                api.FileAsync(request, id, name, cancellation));
        MapRead(routes, "/api/models", api.ModelsAsync);
        MapRead(routes, "/api/vocabularies", api.VocabulariesAsync);
        MapRead(routes, "/api/openapi.json", api.OpenApiAsync);
        MapRead(routes, "/api/schema", api.SchemaAsync);
        MapRead(routes, "/api/health", api.HealthAsync);
        MapRead(routes, "/api/health/details", api.HealthDetailsAsync);
        MapRead(routes, "/", api.PageAsync);
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
        MapRead(routes, "/api/examples", api.ExamplesAsync);
        MapRead(routes, "/api/examples/{name}", (HttpRequest request, string name) => api.ExampleAsync(request, name));
        routes.MapPost(
            "/api/similar",
            (HttpRequest request, CancellationToken cancellation) => api.FindSimilarAsync(request, cancellation));
    }

    // HEAD too, which is how many look whether something is there; the server leaves the body out.
    private static void MapRead(IEndpointRouteBuilder routes, string pattern, Delegate handler) =>
        routes.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Head], handler);
}
