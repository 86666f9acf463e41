using System.Net;
using FrozenSeg.Serving.Http.Callers;
using FrozenSeg.Serving.Workflow;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Artefacts;
using Microsoft.AspNetCore.Http;

namespace FrozenSeg.Serving.Tests.Http.Callers;

public sealed class CallerGuardTests
{
    private readonly Runner _runner = new();

    [Fact]
    public async Task Invoke_MoreRequestsThanAllowed_RefusesThemForThisKeyAlone()
    {
        using CallerGuard guard = Guard(new CallerLimits { RequestsPerMinute = 2 });

        Assert.Equal(
            (202, 202, 429), (await PostAsync(guard, "a"), await PostAsync(guard, "a"), await PostAsync(guard, "a")));
        Assert.Equal(202, await PostAsync(guard, "b"));
        Assert.Equal(202, await PostAsync(guard, "a", HttpMethods.Get));
    }

    [Fact]
    public async Task Invoke_MoreUnfinishedThanAllowed_RefusesUntilOneHasEnded()
    {
        using CallerGuard guard = Guard(new CallerLimits { Unfinished = 2 });

        Assert.Equal(
            (202, 202, 429), (await PostAsync(guard, "a"), await PostAsync(guard, "a"), await PostAsync(guard, "a")));
        Assert.Equal(202, await PostAsync(guard, "b"));
        _runner.Ended.Add("1");

        Assert.Equal((202, 429), (await PostAsync(guard, "a"), await PostAsync(guard, "a")));
    }

    [Fact]
    public async Task Invoke_Refused_SaysWhenToComeAgain()
    {
        using CallerGuard guard = Guard(new CallerLimits { RequestsPerMinute = 1 });
        await PostAsync(guard, "a");
        HttpContext context = Context("a", HttpMethods.Post);

        await guard.InvokeAsync(context);

        Assert.Equal((int)HttpStatusCode.TooManyRequests, context.Response.StatusCode);
        Assert.InRange(
            int.Parse(context.Response.Headers.RetryAfter!, System.Globalization.CultureInfo.InvariantCulture), 1, 60);
    }

    private CallerGuard Guard(CallerLimits limits)
    {
        int last = 0;
        return new CallerGuard(
            context =>
            {
                context.Response.StatusCode = StatusCodes.Status202Accepted;
                context.Response.Headers.Location = $"/api/segmentations/{++last}";
                return Task.CompletedTask;
            },
            _runner,
            limits);
    }

    private static async Task<int> PostAsync(CallerGuard guard, string key, string? method = null)
    {
        HttpContext context = Context(key, method ?? HttpMethods.Post);
        await guard.InvokeAsync(context);
        return context.Response.StatusCode;
    }

    private static DefaultHttpContext Context(string key, string method)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Path = "/api/segmentations";
        context.Request.Headers["x-api-key"] = key;
        context.Response.Body = new MemoryStream();
        return context;
    }

    private sealed class Runner : ISegmentationRunner
    {
        public HashSet<string> Ended { get; } = [];

        public Task<SegmentationStatus> StartAsync(SegmentationJob job, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<SegmentationStatus?> FindAsync(string id, CancellationToken cancellation)
        {
            SegmentationStatus status = SegmentationStatus.Queued(
                new SegmentationJob(id, new ArtefactReference("requests/a", 1), "automask", false, false),
                DateTimeOffset.UnixEpoch);
            return Task.FromResult<SegmentationStatus?>(
                Ended.Contains(id) ? status with { State = SegmentationState.Succeeded } : status);
        }

        public Task<SegmentationStatus?> WaitAsync(string id, TimeSpan patience, CancellationToken cancellation) =>
            FindAsync(id, cancellation);

        public Task<IReadOnlyList<SegmentationStatus>> ListAsync(int most, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<SegmentationStatus?> CancelAsync(string id, CancellationToken cancellation) =>
            FindAsync(id, cancellation);
    }
}
