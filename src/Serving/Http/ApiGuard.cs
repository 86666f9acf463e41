using FrozenSeg.Shared.Problems;
using Microsoft.AspNetCore.Http;

namespace FrozenSeg.Serving.Http;

/// <summary>The edge of the service: lets known callers in, and turns every failure into a problem document. Safe for many callers.</summary>
/// <param name="options">Who is known.</param>
internal sealed class ApiGuard(ApiOptions options)
{
    // Set by the authentication of Container Apps, which removes it from what comes from outside.
    private const string PrincipalHeader = "X-MS-CLIENT-PRINCIPAL-ID";

    private readonly ApiKeys _keys = new(options.Keys);

    /// <summary>Answers a request; never throws, except when the caller has gone.</summary>
    public async Task<IResult> AnswerAsync(HttpRequest request, Func<Task<IResult>> handle)
    {
        try
        {
            if (!_keys.Allows(request))
                throw Stranger("x-api-key", "the key is missing or unknown", "Send a key in x-api-key or as Bearer");
            if (options.NeedsPrincipal && string.IsNullOrEmpty(request.Headers[PrincipalHeader]))
                throw Stranger("Authorization", "nobody is signed in", "Send a token of Microsoft Entra ID as Bearer");
            return await handle();
        }
#pragma warning disable CA1031 // The edge of the service: every failure becomes a problem document.
        catch (Exception failure) when (failure is not OperationCanceledException || !request.HttpContext.RequestAborted.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return ProblemResults.From(failure, request.Path);
        }
    }

    private static ApiProblemException Stranger(string where, string found, string remedy) => new(
        StatusCodes.Status401Unauthorized, new SegmentationProblem(ProblemKind.InvalidRequest, where, found, remedy));
}
