using System.Text.Json;
using System.Text.Json.Nodes;
using FrozenSeg.Serving.Http;
using FrozenSeg.Serving.Http.Answers;
using FrozenSeg.Serving.Http.Uploads;
using FrozenSeg.Shared.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FrozenSeg.Cli.LabelStudio;

/// <summary>
/// Where Label Studio finds its backend: <c>/label-studio</c> on the service. Keys are asked for before.
/// </summary>
internal static class LabelStudioRoutes
{
    /// <summary>Beginning of the paths.</summary>
    public const string Prefix = "/label-studio";

    /// <summary>Maps the contract's routes.</summary>
    /// <param name="routes">The application.</param>
    /// <param name="backend">Answers.</param>
    /// <param name="options">What a request may cost.</param>
    public static void MapLabelStudio(this IEndpointRouteBuilder routes, LabelStudioBackend backend, ApiOptions options)
    {
        routes.MapGet(Prefix, Health);
        routes.MapGet(Prefix + "/health", Health);
        routes.MapPost(Prefix + "/setup", (HttpRequest request, CancellationToken cancellation) => AnswerAsync(
            request, options, body =>
        {
            LabelConfig.Read((string?)body?["schema"]);
            return Task.FromResult(new JsonObject { ["model_version"] = LabelStudioBackend.ModelVersion });
        }, cancellation));
        routes.MapPost(Prefix + "/predict", (HttpRequest request, CancellationToken cancellation) => AnswerAsync(
            request, options, body => backend.PredictAsync(body, cancellation), cancellation));
        // Nothing is trained here; Label Studio calls these whenever an annotation is saved.
        routes.MapPost(Prefix + "/webhook", () => Json(new JsonObject(), StatusCodes.Status201Created));
        routes.MapPost(Prefix + "/train", () => Json(new JsonObject(), StatusCodes.Status201Created));
    }

    private static IResult Health() =>
        Json(new JsonObject { ["status"] = "UP", ["model_class"] = "FrozenSeg" }, StatusCodes.Status200OK);

    private static async Task<IResult> AnswerAsync(
        HttpRequest request,
        ApiOptions options,
        Func<JsonNode?, Task<JsonObject>> answer, CancellationToken cancellation)
    {
        try
        {
            return Json(await JsonBody.AnswerAsync(request, options, answer, cancellation), StatusCodes.Status200OK);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return Json(new JsonObject
            {
                ["error"] = "request: it cannot be read. Send JSON as Label Studio does.",
            }, StatusCodes.Status400BadRequest);
        }
        catch (ApiProblemException failure)
        {
            return Json(new JsonObject { ["error"] = failure.Problem.Message }, failure.StatusCode);
        }
        catch (SegmentationProblemException failure)
        {
            return Json(new JsonObject { ["error"] = failure.Message }, ProblemResults.StatusOf(failure.Problems));
        }
    }

    private static IResult Json(JsonObject document, int status) =>
        Results.Text(document.ToJsonString(), "application/json", statusCode: status);
}
