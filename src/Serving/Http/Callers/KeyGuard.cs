using FrozenSeg.Serving.Http.Answers;
using FrozenSeg.Shared.Problems;
using Microsoft.AspNetCore.Http;

namespace FrozenSeg.Serving.Http.Callers;

/// <summary>Asks for a key before routes that do not ask themselves.</summary>
/// <param name="next">What comes next.</param>
/// <param name="options">The keys.</param>
/// <param name="prefix">Beginning of the routes' paths.</param>
internal sealed class KeyGuard(RequestDelegate next, ApiOptions options, string prefix)
{
    private readonly ApiKeys _keys = new(options.Keys);

    /// <summary>Lets a request through, or refuses it.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase)
            || _keys.Allows(context.Request))
            return next(context);
        var problem = new SegmentationProblem(
            "x-api-key",
            "the key is missing or unknown",
            "Send a key in x-api-key, as Bearer or as the password of Basic");
        return ProblemResults.From(new ApiProblemException(StatusCodes.Status401Unauthorized, problem), context.Request)
            .ExecuteAsync(context);
    }
}
