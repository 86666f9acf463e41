using System.Text;
using System.Text.Json.Nodes;
using FrozenSeg.Serving.Fetching;
using FrozenSeg.Serving.Tests.Fetching;
using FrozenSeg.Serving.Tests.Workflow;

namespace FrozenSeg.Serving.Tests.Http;

public sealed class OutboundRequestTests : IAsyncLifetime, IDisposable
{
    private const string Path = "/api/segmentations";

    private static readonly OutboundOptions Limits = new() { CallbackTimeout = TimeSpan.FromMilliseconds(300) };

    private FakeInternet _internet = null!;
    private UrlFetcher _fetcher = null!;
    private CallbackSender _sender = null!;
    private ApiHost _host = null!;

    public async Task InitializeAsync()
    {
        _internet = await FakeInternet.StartAsync(async context =>
        {
            if (context.Request.Path == "/hang")
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            else if (context.Request.Path == "/redirect")
                context.Response.Redirect("https://169.254.169.254/metadata");
            else
                await context.Response.Body.WriteAsync(ServiceBench.Picture());
        });
        _fetcher = new UrlFetcher(Limits, _internet);
        _sender = new CallbackSender(Limits, _internet);
        _host = await ApiHost.StartAsync(
            change: service => service with { AllowsUrls = true, Fetcher = _fetcher, Callbacks = _sender });
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _internet.DisposeAsync();
    }

    public void Dispose()
    {
        _sender.Dispose();
        _fetcher.Dispose();
    }

    [Fact]
    public async Task Post_PublicUrl_IsFetchedAndSegmented()
    {
        JsonNode status = await PostAsync("https://good.example/photo.png");

        Assert.Equal("succeeded", status["state"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("https://127.0.0.1/photo.png")]
    [InlineData("https://good.example/redirect")]
    public async Task Post_UrlThatLeadsToAPrivateAddress_FailsWithItsReason(string url)
    {
        JsonNode status = await PostAsync(url);

        Assert.Equal("failed", status["state"]!.GetValue<string>());
        Assert.Contains(
            "not the name of a public address",
            status["problems"]![0]!["message"]!.GetValue<string>(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_CallbackThatHangs_FailsWithItsReasonKeepsItsResultAndHoldsUpNobody()
    {
        Task<JsonNode> hanging = PostAsync("https://good.example/photo.png", "https://good.example/hang");
        Task<JsonNode>[] others = [.. Enumerable.Range(0, 3).Select(i => PostAsync($"https://good.example/{i}.png"))];

        JsonNode[] ends = await Task.WhenAll([hanging, .. others]);

        Assert.Equal(
            ["failed", "succeeded", "succeeded", "succeeded"], ends.Select(end => end["state"]!.GetValue<string>()));
        Assert.Contains(
            "does not answer in time",
            ends[0]["problems"]![0]!["message"]!.GetValue<string>(),
            StringComparison.Ordinal);
        Assert.Equal("failed", ends[0]["stages"]!.AsArray()[^1]!["state"]!.GetValue<string>());
        Assert.NotEmpty(await _host.Client.GetByteArrayAsync(ends[0]["links"]!["result"]!.GetValue<string>()));
    }

    private async Task<JsonNode> PostAsync(string url, string? callback = null)
    {
        var request = new JsonObject
        {
            ["image"] = new JsonObject { ["url"] = url },
            ["settings"] = new JsonObject { ["points_per_side"] = 2 },
        };
        if (callback is not null)
            request["callback"] = callback;
        (_, JsonNode status) = await _host.SendAsync(
            HttpMethod.Post, Path, new StringContent(request.ToJsonString(), Encoding.UTF8, "application/json"));
        return status;
    }
}
