using System.Net;
using FrozenSeg.Serving.Http.Answers;
using FrozenSeg.Shared.Problems;
using Microsoft.AspNetCore.Http;

namespace FrozenSeg.Serving.Http.Callers;

/// <summary>
/// Keeps other sites' pages from using a service on this machine: one without keys answers only to its own names (a
/// foreign name could be rebound to this address), and does nothing for a page of another origin, whether that reads,
/// shows or sends something. Only the service's own page may be opened from anywhere.
/// </summary>
/// <param name="next">What comes next.</param>
/// <param name="onlyLocalNames">Whether only names of this machine are answered.</param>
internal sealed class SameSiteGuard(RequestDelegate next, bool onlyLocalNames)
{
    /// <summary>Lets a request through, or refuses it.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (onlyLocalNames && !IsLocal(request.Host.Host))
            return RefuseAsync(
                context, "Host", $"'{ProblemText.Clean(request.Host.Host, 100)}' is not a name of this machine");
        if (request.Headers.Origin is [string origin, ..] && !IsSame(origin, request))
            return RefuseAsync(context, "Origin", "the request comes from another site");
        // Browsers say so of every request, those for pictures and scripts too, which have no origin.
        if (request.Headers["Sec-Fetch-Site"] is ["cross-site" or "same-site", ..] && !OpensThePage(request))
            return RefuseAsync(context, "Sec-Fetch-Site", "the request comes from another site");
        return next(context);
    }

    private static bool OpensThePage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Path == "/" && request.Headers["Sec-Fetch-Mode"] is ["navigate"];

    private static bool IsLocal(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));

    private static bool IsSame(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri)
        && uri.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase)
        && uri.Scheme.Equals(Scheme(request), StringComparison.OrdinalIgnoreCase);

    // A proxy that ends TLS says so. A page cannot set that header: the browser would ask first, and is not answered.
    private static string Scheme(HttpRequest request) =>
        request.Headers["X-Forwarded-Proto"] is [string forwarded, ..] ? forwarded : request.Scheme;

    private static Task RefuseAsync(HttpContext context, string where, string found)
    {
        var problem = new SegmentationProblem(where, found, "Call the service directly");
        return ProblemResults.From(new ApiProblemException(StatusCodes.Status403Forbidden, problem), context.Request)
            .ExecuteAsync(context);
    }
}
