using System.Net;
using System.Text;
using FrozenSeg.Testing;

namespace FrozenSeg.EndToEnd.Tests.Integrations;

/// <summary>Every route that a tool talks to asks for the key and counts against the caller's rate.</summary>
public sealed class RouteGuardTests : IAsyncLifetime, IDisposable
{
    private static readonly string[] Reads =
    [
        "/api/examples", "/label-studio/health", "/x-anylabeling/health", "/x-anylabeling/v1/models",
        "/x-anylabeling/v1/models/frozenseg_words/info",
    ];

    private static readonly string[] Works =
    [
        "/api/embeddings", "/api/predictions", "/api/similar", "/api/exports/cvat", "/label-studio/setup",
        "/label-studio/predict", "/label-studio/webhook",
        "/x-anylabeling/v1/predict",
    ];

    private readonly TemporaryFolder _folder = new();
    private ServedProcess _service = null!;

    public async Task InitializeAsync() => _service = await ServedProcess.StartAsync(
        "--state",
        _folder.Path("state"),
        "--threads",
        "1",
        "--sam",
        "nano",
        "--key",
        "one",
        "--key",
        "two",
        "--rate-limit",
        "3");

    public async Task DisposeAsync() => await _service.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Routes_OfEveryTool_AskForTheKey()
    {
        using HttpClient stranger = Client(null), known = Client("one");

        foreach (string route in Reads)
        {
            Assert.Equal((route, HttpStatusCode.Unauthorized), (route, (await stranger.GetAsync(route)).StatusCode));
            Assert.Equal((route, HttpStatusCode.OK), (route, (await known.GetAsync(route)).StatusCode));
        }

        // Strangers share one rate, so that guessing is slow: a refusal by it is one as well.
        foreach (string route in Works)
            Assert.Contains((await PostAsync(stranger, route)).StatusCode, new[]
            {
                HttpStatusCode.Unauthorized,
                HttpStatusCode.TooManyRequests,
            });
    }

    [Fact]
    public async Task Routes_OfEveryTool_CountAgainstTheRateOfTheKey()
    {
        using HttpClient busy = Client("one"), other = Client("two");
        foreach (string route in (string[])["/api/predictions", "/label-studio/setup", "/x-anylabeling/v1/predict"])
            Assert.Equal((route, HttpStatusCode.BadRequest), (route, (await PostAsync(busy, route)).StatusCode));

        foreach (string route in Works)
        {
            HttpResponseMessage refused = await PostAsync(busy, route);
            Assert.Equal((route, HttpStatusCode.TooManyRequests), (route, refused.StatusCode));
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(other, "/api/predictions")).StatusCode);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string route)
    {
        using var body = new StringContent("{}", Encoding.UTF8, "application/json");
        return await client.PostAsync(route, body);
    }

    private HttpClient Client(string? key)
    {
        var client = new HttpClient { BaseAddress = _service.Address };
        if (key is not null)
            client.DefaultRequestHeaders.Add("x-api-key", key);
        return client;
    }
}
