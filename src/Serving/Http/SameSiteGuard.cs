using System.Net;
using FrozenSeg.Shared.Problems;
using Microsoft.AspNetCore.Http;

namespace FrozenSeg.Serving.Http;

/// <summary>
/// Keeps other sites' pages from using a service on this machine: one without keys answers only to its own names (a foreign
/// name could be rebound to this address), and changes nothing for a page of another origin.
/// </summary>
/// <param name="next">What comes next.</param>
/// <param name="onlyLocalNames">Whether only names of this machine are answered.</param>
public sealed class SameSiteGuard(RequestDelegate next, bool onlyLocalNames)
{
    /// <summary>Lets a request through, or refuses it.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (onlyLocalNames && !IsLocal(request.Host.Host))
            return RefuseAsync(context, "Host", $"'{request.Host.Host}' is no name of this machine");
        if (request.Headers.Origin is [string origin, ..] && !IsSame(origin, request))
            return RefuseAsync(context, "Origin", "the request comes from another site");
        return next(context);
    }

    private static bool IsLocal(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));

    private static bool IsSame(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) && uri.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase);

    private static Task RefuseAsync(HttpContext context, string where, string found)
    {
        var problem = new SegmentationProblem(ProblemKind.InvalidRequest, where, found, "Call the service directly");
        return ProblemResults.From(new ApiProblemException(StatusCodes.Status403Forbidden, problem), context.Request.Path).ExecuteAsync(context);
    }
}
