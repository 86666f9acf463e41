using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FrozenSeg.Serving.Http;
using FrozenSeg.Serving.Http.Answers;
using FrozenSeg.Serving.Http.Uploads;
using FrozenSeg.Shared.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FrozenSeg.Cli.XAnyLabeling;

/// <summary>
/// Where X-AnyLabeling finds its remote server: <c>/x-anylabeling</c> on the service. Keys are asked for before.
/// </summary>
internal static class XAnyLabelingRoutes
{
    /// <summary>Beginning of the paths.</summary>
    public const string Prefix = "/x-anylabeling";

    private const string TokenHeader = "Token", KeyHeader = "x-api-key";

    /// <summary>Lets its way of sending a key count as ours.</summary>
    public static Task TakeTokenAsync(HttpContext context, RequestDelegate next)
    {
        IHeaderDictionary headers = context.Request.Headers;
        if (context.Request.Path.StartsWithSegments(
            Prefix, StringComparison.OrdinalIgnoreCase) && !headers.ContainsKey(KeyHeader)
            && headers[TokenHeader] is [{ Length: > 0 } token, ..])
        {
            headers[KeyHeader] = token;
        }

        return next(context);
    }

    /// <summary>Maps the contract's routes.</summary>
    /// <param name="routes">The application.</param>
    /// <param name="backend">Answers.</param>
    /// <param name="options">What a request may cost.</param>
    public static void MapXAnyLabeling(
        this IEndpointRouteBuilder routes, XAnyLabelingBackend backend, ApiOptions options)
    {
        routes.MapGet(Prefix + "/health", () => Json(StatusCodes.Status200OK, new JsonObject
        {
            ["status"] = "healthy",
            ["models_loaded"] = XAnyLabelingModels.Names.Count,
            ["timestamp"] = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        }));
        routes.MapGet(Prefix + "/v1/models", () => Success(XAnyLabelingModels.List()));
        routes.MapGet(
            Prefix + "/v1/models/{name}/info", (string name) => XAnyLabelingModels.Describe(name) is JsonObject model
            ? Success(new JsonObject([KeyValuePair.Create("model_id", (JsonNode?)name), .. model.Select(
                entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone()))]))
            : Failure(StatusCodes.Status404NotFound, "MODEL_NOT_FOUND", "There is no such model."));
        routes.MapPost(Prefix + "/v1/predict", (HttpRequest request, CancellationToken cancellation) => PredictAsync(
            request, backend, options, cancellation));
    }

    private static async Task<IResult> PredictAsync(
        HttpRequest request, XAnyLabelingBackend backend, ApiOptions options, CancellationToken cancellation)
    {
        try
        {
            return Success(await JsonBody.AnswerAsync(
                request, options, body => backend.PredictAsync(body, cancellation), cancellation));
        }
        catch (JsonException)
        {
            return Failure(
                StatusCodes.Status400BadRequest,
                "INVALID_REQUEST",
                "request: it is not JSON. Send it as X-AnyLabeling does.");
        }
        catch (ApiProblemException failure)
        {
            return Failure(failure.StatusCode, "REFUSED", failure.Problem.Message);
        }
        catch (SegmentationProblemException failure)
        {
            // Its client shows a status of failure to the user; a failure told as a success it takes for an empty
            // answer.
            return Failure(ProblemResults.StatusOf(failure.Problems), "INFERENCE_ERROR", failure.Message);
        }
    }

    private static IResult Success(JsonObject data) =>
        Json(StatusCodes.Status200OK, new JsonObject { ["success"] = true, ["data"] = data });

    private static IResult Failure(int status, string code, string message) => Json(
        status,
        new JsonObject { ["success"] = false, ["error"] = new JsonObject { ["code"] = code, ["message"] = message } });

    private static IResult Json(int status, JsonObject document) =>
        Results.Text(document.ToJsonString(), "application/json", statusCode: status);
}
