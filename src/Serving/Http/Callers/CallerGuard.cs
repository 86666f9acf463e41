using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.RateLimiting;
using FrozenSeg.Serving.Http.Answers;
using FrozenSeg.Serving.Workflow;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Problems;
using Microsoft.AspNetCore.Http;

namespace FrozenSeg.Serving.Http.Callers;

/// <summary>
/// Keeps one caller from taking the service from the others: so many requests a minute, in bursts as long as they were
/// saved up, and so many segmentations at once. Both start again with the process. Safe for many callers.
/// </summary>
internal sealed class CallerGuard : IDisposable
{
    private const int Many = StatusCodes.Status429TooManyRequests;

    private readonly RequestDelegate _next;
    private readonly ISegmentationRunner _runner;
    private readonly CallerLimits _limits;
    private readonly PartitionedRateLimiter<string>? _rate;
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, bool>> _started = new(
        StringComparer.Ordinal);

    /// <param name="next">What comes next.</param>
    /// <param name="runner">Knows segmentations.</param>
    /// <param name="limits">What one caller may ask for.</param>
    public CallerGuard(RequestDelegate next, ISegmentationRunner runner, CallerLimits limits)
    {
        _next = next;
        _runner = runner;
        _limits = limits;
        _rate = limits.RequestsPerMinute <= 0 ? null : PartitionedRateLimiter.Create<string, string>(
            caller => RateLimitPartition.GetTokenBucketLimiter(caller, _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = limits.RequestsPerMinute,
                TokensPerPeriod = Math.Max(1, limits.RequestsPerMinute / 60),
                ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1, 60.0 / limits.RequestsPerMinute)),
                QueueLimit = 0,
            }));
    }

    /// <summary>Lets a request through, or refuses it with 429.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method) && !HttpMethods.IsPut(context.Request.Method))
        {
            await _next(context);
            return;
        }

        string caller = Caller.NameOf(context);
        using RateLimitLease? lease = _rate?.AttemptAcquire(caller);
        if (lease is { IsAcquired: false })
        {
            TimeSpan wait = lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan known)
                ? known
                : TimeSpan.FromSeconds(1);
            await RefuseAsync(context, $"{_limits.RequestsPerMinute:N0} requests a minute are allowed", wait);
            return;
        }

        if (_limits.Unfinished <= 0
            || !context.Request.Path.StartsWithSegments(ApiRoutes.Segmentations, StringComparison.OrdinalIgnoreCase))
        {
            await _next(context);
            return;
        }

        ConcurrentDictionary<string, bool> started = _started.GetOrAdd(
            caller, _ => new ConcurrentDictionary<string, bool>(StringComparer.Ordinal));
        if (started.Count >= _limits.Unfinished)
            await ForgetEndedAsync(started, context.RequestAborted);
        if (started.Count >= _limits.Unfinished)
        {
            await RefuseAsync(
                context, $"{_limits.Unfinished:N0} segmentations at once are allowed", TimeSpan.FromSeconds(1));
            return;
        }

        await _next(context);
        if (context.Response.StatusCode is StatusCodes.Status202Accepted
            && context.Response.Headers.Location is [string location, ..])
            started[location[(location.LastIndexOf('/') + 1)..]] = true;
    }

    /// <inheritdoc/>
    public void Dispose() => _rate?.Dispose();

    private async Task ForgetEndedAsync(ConcurrentDictionary<string, bool> started, CancellationToken cancellation)
    {
        foreach (string id in started.Keys)
        {
            if (await _runner.FindAsync(id, cancellation) is not SegmentationStatus { HasEnded: false })
                started.TryRemove(id, out _);
        }
    }

    private static Task RefuseAsync(HttpContext context, string found, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))
            .ToString(CultureInfo.InvariantCulture);
        var problem = new SegmentationProblem(ProblemKind.Unavailable, "x-api-key", found, "Wait, then send it again");
        return ProblemResults.From(new ApiProblemException(Many, problem), context.Request).ExecuteAsync(context);
    }
}
