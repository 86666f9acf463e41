using FrozenSeg.Serving.Http.Answers;
using FrozenSeg.Serving.Http.Callers;
using FrozenSeg.Serving.Workflow.Telemetry;
using FrozenSeg.Shared.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FrozenSeg.Serving.Http;

/// <summary>
/// The edge of the service: lets known callers in, and turns every failure into a problem document. Safe for many
/// callers.
/// </summary>
/// <param name="options">Who is known.</param>
/// <param name="log">Told of unexpected failures.</param>
internal sealed class ApiGuard(ApiOptions options, ILogger log)
{
    private readonly ApiKeys _keys = new(options.Keys);

    /// <summary>Answers a request; never throws, except when the caller has gone.</summary>
    public async Task<IResult> AnswerAsync(HttpRequest request, Func<Task<IResult>> handle)
    {
        try
        {
            if (FindUnknown(request) is ApiProblemException refusal)
                throw refusal;
            return await handle();
        }
#pragma warning disable CA1031 // The edge of the service: every failure becomes a problem document.
        catch (Exception failure) when (
            failure is not OperationCanceledException || !request.HttpContext.RequestAborted.IsCancellationRequested)
#pragma warning restore CA1031
        {
            if (ProblemResults.IsUnexpected(failure))
                ServiceLog.RequestBroke(
                    log,
                    failure,
                    request.Method,
                    ProblemResults.Instance(request),
                    request.HttpContext.TraceIdentifier);
            return ProblemResults.From(failure, request);
        }
    }

    /// <summary>Whether the caller has the key, where one is asked for.</summary>
    public bool Allows(HttpRequest request) => FindUnknown(request) is null;

    private ApiProblemException? FindUnknown(HttpRequest request)
    {
        if (!_keys.Allows(request))
            return Unknown("x-api-key", "the key is missing or unknown", "Send a key in x-api-key or as Bearer");
        if (!options.NeedsPrincipal)
            return null;
        CallerPrincipal caller = CallerPrincipal.Of(request);
        if (!caller.IsNamed)
            return Unknown("Authorization", "nobody is signed in", "Send a token of Microsoft Entra ID as Bearer");
        return options.CallerRole is string role && !caller.Roles.Contains(role)
            ? new ApiProblemException(StatusCodes.Status403Forbidden, new SegmentationProblem(
                "Authorization",
                $"the token does not have the role '{role}'",
                "Have it assigned to you in Microsoft Entra ID"))
            : null;
    }

    private static ApiProblemException Unknown(string where, string found, string remedy) => new(
        StatusCodes.Status401Unauthorized, new SegmentationProblem(where, found, remedy));
}
