using System.Text.Json;
using FrozenSeg.Serving.Http.Documents;
using FrozenSeg.Shared.Problems;
using Microsoft.AspNetCore.Http;

namespace FrozenSeg.Serving.Http.Answers;

/// <summary>Refusals as problem documents (RFC 9457).</summary>
internal static class ProblemResults
{
    private const string ContentType = "application/problem+json";
    private const int MostOfAddress = 300;

    /// <summary>The answer to a failure of a handler.</summary>
    public static IResult From(Exception failure, HttpRequest request) => failure switch
    {
        ApiProblemException refusal => Of(refusal.StatusCode, [refusal.Problem], Instance(request)),
        SegmentationProblemException known => Of(StatusOf(known.Problems), known.Problems, Instance(request)),
        BadHttpRequestException bad => Of(
            bad.StatusCode,
            [new SegmentationProblem(
                "request",
                bad.Message.TrimEnd('.'),
                "Send it again, whole and within the limits")],
            Instance(request)),
        _ => Of(
            StatusCodes.Status500InternalServerError,
            [new SegmentationProblem(
                ProblemKind.Unavailable,
                "service",
                "it failed unexpectedly",
                $"Report this to its operator: its log has {request.HttpContext.TraceIdentifier}")],
            Instance(request)),
    };

    /// <summary>Whether only the log can tell what was wrong.</summary>
    public static bool IsUnexpected(Exception failure) =>
        failure is not (ApiProblemException or SegmentationProblemException or BadHttpRequestException);

    /// <summary>The address that was asked, as far as it is shown.</summary>
    public static string Instance(HttpRequest request) => ProblemText.Clean(request.Path.Value ?? "", MostOfAddress);

    private static ApiResult Of(int status, IReadOnlyList<SegmentationProblem> problems, string? instance)
    {
        var document = new ProblemDocument(
            $"urn:frozenseg:problem:{TypeOf(status)}",
            Title(status),
            status,
            string.Join('\n', problems.Select(problem => problem.Message)),
            instance,
            [.. problems.Select(ProblemItem.From)]);
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(document, ServingJsonContext.Default.ProblemDocument);
        var result = new ApiResult(status, ContentType, body);
        if (status is StatusCodes.Status503ServiceUnavailable)
            result.Headers["Retry-After"] = "10";
        if (status is StatusCodes.Status401Unauthorized)
            result.Headers["WWW-Authenticate"] = "Bearer";
        return result;
    }

    /// <summary>503 when something of ours is missing or full, 400 when the request is wrong.</summary>
    public static int StatusOf(IReadOnlyList<SegmentationProblem> problems) =>
        problems.Any(problem => problem.Kind is ProblemKind.Storage or ProblemKind.Unavailable)
            ? StatusCodes.Status503ServiceUnavailable
            : StatusCodes.Status400BadRequest;

    private static string TypeOf(int status) => Title(status).ToLowerInvariant().Replace(' ', '-');

    private static string Title(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "Invalid request",
        StatusCodes.Status401Unauthorized => "Unauthorized",
        StatusCodes.Status403Forbidden => "Not allowed",
        StatusCodes.Status404NotFound => "Not found",
        StatusCodes.Status409Conflict => "Conflict",
        StatusCodes.Status413PayloadTooLarge => "Too large",
        StatusCodes.Status415UnsupportedMediaType => "Unsupported media type",
        StatusCodes.Status429TooManyRequests => "Too many requests",
        StatusCodes.Status503ServiceUnavailable => "Unavailable",
        StatusCodes.Status507InsufficientStorage => "Insufficient storage",
        _ => "Failed",
    };
}
