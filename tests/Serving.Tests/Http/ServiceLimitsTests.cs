using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using FrozenSeg.Serving.Http;
using FrozenSeg.Serving.Http.Answers;
using FrozenSeg.Serving.Http.Uploads;
using FrozenSeg.Serving.Tests.Workflow;

namespace FrozenSeg.Serving.Tests.Http;

/// <summary>What a service refuses because it has enough, and that it leaves nothing behind when it does.</summary>
public sealed class ServiceLimitsTests
{
    private const string Path = "/api/segmentations",
        Quick = """{"method":"automask","settings":{"points_per_side":4}}""";
    private const string Long = """{"method":"automask","settings":{"points_per_side":512,"crop_n_layers":4}}""";

    [Fact]
    public async Task Post_QueueIsFull_IsRefusedAndKeepsNoPicture()
    {
        await using ApiHost host = await ApiHost.StartAsync(change: service => service with { MaxQueued = 1 });
        await host.SendAsync(HttpMethod.Put, $"{Path}/first", ApiHost.Form(ServiceBench.Picture(), Long), wait: 0);
        string[] before = host.Files("artefacts/images");

        (HttpResponseMessage answer, JsonNode problem) = await host.SendAsync(
            HttpMethod.Post, Path, ApiHost.Form(ServiceBench.Picture(seed: 1), Quick), wait: 0);
        (_, JsonNode health) = await host.SendAsync(HttpMethod.Get, "/api/health");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.True(answer.Headers.RetryAfter is not null);
        Assert.Contains("1 segmentations are waiting", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(before, host.Files("artefacts/images"));
        Assert.Equal(
            (1, 1),
            (health["queue"]!["unfinished"]!.GetValue<int>(), health["queue"]!["max_unfinished"]!.GetValue<int>()));
        await host.SendAsync(HttpMethod.Delete, $"{Path}/first");
    }

    [Fact]
    public async Task Post_FolderIsFull_IsRefusedWith507AndHealthSaysSo()
    {
        await using ApiHost host = await ApiHost.StartAsync(change: service => service with { MaxFolderBytes = 1 });
        host.Write("something", new byte[10]);

        (HttpResponseMessage answer, JsonNode problem) = await host.SendAsync(
            HttpMethod.Post, Path, ApiHost.Form(ServiceBench.Picture(), Quick));
        (HttpResponseMessage health, JsonNode document) = await host.SendAsync(HttpMethod.Get, "/api/health");

        Assert.Equal((HttpStatusCode)507, answer.StatusCode);
        Assert.Contains("has reached its limit", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.True(document["folder"]!["bytes"]!.GetValue<long>() >= 10);
    }

    [Fact]
    public async Task Post_DiskIsAlmostFull_IsRefused()
    {
        await using ApiHost host = await ApiHost.StartAsync(
            change: service => service with { MinFreeBytes = long.MaxValue });

        (HttpResponseMessage answer, _) = await host.SendAsync(
            HttpMethod.Post, Path, ApiHost.Form(ServiceBench.Picture(), Quick));

        Assert.Equal((HttpStatusCode)507, answer.StatusCode);
    }

    [Fact]
    public async Task Post_RequestIsWrong_KeepsNoPicture()
    {
        await using ApiHost host = await ApiHost.StartAsync();

        (HttpResponseMessage answer, _) = await host.SendAsync(
            HttpMethod.Post, Path, ApiHost.Form(ServiceBench.Picture(), """{"method":"magic"}"""));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(host.Files("artefacts/images"));
    }

    [Fact]
    public async Task Post_MoreAtOnceThanMemoryAllows_AsksToComeAgain()
    {
        var budget = new ByteBudget(1 << 20);
        await using ApiHost host = await ApiHost.StartAsync(new ApiOptions { BytesInFlight = budget });
        using var held = budget.Open();
        held.Grow(1 << 20);

        string json =
            $$"""{"image": {"bytes": "{{Convert.ToBase64String(ServiceBench.Picture())}}" }, "settings": {"points_per_side": 4} }""";
        (HttpResponseMessage refused, _) = await host.SendAsync(
            HttpMethod.Post, Path, new StringContent(json, Encoding.UTF8, "application/json"));
        held.Dispose();
        (HttpResponseMessage taken, _) = await host.SendAsync(
            HttpMethod.Post, Path, new StringContent(json, Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.True(refused.Headers.RetryAfter is not null);
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Equal(0, budget.Spent);
    }

    [Fact]
    public void Budget_OneBodyLargerThanAll_StillHasRoom()
    {
        var budget = new ByteBudget(100);
        using ByteShare only = budget.Open();
        only.Grow(80);
        only.Grow(80);
        using ByteShare other = budget.Open();

        Assert.Equal(503, Assert.Throws<ApiProblemException>(() => other.Grow(1)).StatusCode);
    }

    [Fact]
    public async Task Segmentation_TakesLongerThanAllowed_FailsWithItsReason()
    {
        await using ApiHost host = await ApiHost.StartAsync(
            change: service => service with { LongestJob = TimeSpan.FromMilliseconds(200) });

        (_, JsonNode status) = await host.SendAsync(HttpMethod.Post, Path, ApiHost.Form(ServiceBench.Picture(), Long));

        Assert.Equal("failed", status["state"]!.GetValue<string>());
        Assert.Contains(
            "it took longer than", status["problems"]![0]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_Segmentations_LatestFirstAndByState()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        foreach (string id in (string[])["a", "b"])
            await host.SendAsync(HttpMethod.Put, $"{Path}/{id}", ApiHost.Form(ServiceBench.Picture(), Quick));
        await host.SendAsync(HttpMethod.Put, $"{Path}/bad", ApiHost.Form("no picture"u8.ToArray(), Quick));

        (_, JsonNode all) = await host.SendAsync(HttpMethod.Get, Path);
        (_, JsonNode one) = await host.SendAsync(HttpMethod.Get, $"{Path}?limit=1&state=succeeded");
        (HttpResponseMessage odd, _) = await host.SendAsync(HttpMethod.Get, $"{Path}?limit=0");

        Assert.Equal(["bad", "b", "a"], Ids(all));
        Assert.Equal(["b"], Ids(one));
        Assert.Equal(HttpStatusCode.BadRequest, odd.StatusCode);
    }

    [Fact]
    public async Task File_Damaged_IsMadeAgain()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        await host.SendAsync(HttpMethod.Put, $"{Path}/a", ApiHost.Form(ServiceBench.Picture(), Quick));
        byte[] result = await host.Client.GetByteArrayAsync($"{Path}/a/result");
        host.Write("artefacts/results/a/result.json", new byte[result.Length]);

        (HttpResponseMessage damaged, _) = await host.SendAsync(HttpMethod.Get, $"{Path}/a/result");
        HttpResponseMessage healed;
        do
        {
            healed = await host.Client.GetAsync($"{Path}/a/result");
        }
        while (healed.StatusCode is HttpStatusCode.Conflict);

        Assert.Equal(HttpStatusCode.Conflict, damaged.StatusCode);
        Assert.Equal(HttpStatusCode.OK, healed.StatusCode);
    }

    [Fact]
    public async Task Health_Stranger_LearnsLittle()
    {
        await using ApiHost host = await ApiHost.StartAsync(new ApiOptions { Keys = ["secret"] });

        JsonNode stranger = JsonNode.Parse(await host.Client.GetStringAsync("/api/health"))!;
        JsonNode known = JsonNode.Parse(await host.Client.GetStringAsync("/api/health?key=secret"))!;

        Assert.Equal(["status", "version"], stranger.AsObject().Select(member => member.Key));
        Assert.Contains("provider", known.AsObject().Select(member => member.Key));
        Assert.Contains(
            "provider", await host.Client.GetStringAsync("/api/health/details?key=secret"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Client.GetAsync("/api/health/details")).StatusCode);
        Assert.DoesNotContain(host.Files("artefacts"), file => file.Contains("health", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Health_WhereTheHostAsksForKeys_TellsEverybodyLittle()
    {
        await using ApiHost host = await ApiHost.StartAsync(new ApiOptions { HostAsksForKeys = true });

        Assert.DoesNotContain("provider", await host.Client.GetStringAsync("/api/health"), StringComparison.Ordinal);
        Assert.Contains("provider", await host.Client.GetStringAsync("/api/health/details"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/api/models", "cross-site", "no-cors", HttpStatusCode.Forbidden)]
    [InlineData("GET", "/api/models", "same-site", "no-cors", HttpStatusCode.Forbidden)]
    [InlineData("GET", "/api/models", "cross-site", "navigate", HttpStatusCode.Forbidden)]
    [InlineData("GET", "/", "cross-site", "navigate", HttpStatusCode.OK)]
    [InlineData("GET", "/api/models", "same-origin", "cors", HttpStatusCode.OK)]
    [InlineData("GET", "/api/models", "none", "navigate", HttpStatusCode.OK)]
    public async Task Request_OfAnotherSitesPage_IsRefused(
        string method, string path, string site, string mode, HttpStatusCode expected)
    {
        await using ApiHost host = await ApiHost.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("Sec-Fetch-Site", site);
        request.Headers.Add("Sec-Fetch-Mode", mode);

        HttpResponseMessage answer = await host.Client.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("same-origin", answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
    }

    [Theory]
    [InlineData("https", null, HttpStatusCode.Forbidden)]
    [InlineData("https", "https", HttpStatusCode.OK)]
    [InlineData("http", null, HttpStatusCode.OK)]
    public async Task Request_OfAnotherScheme_IsRefused(string scheme, string? forwarded, HttpStatusCode expected)
    {
        await using ApiHost host = await ApiHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/models");
        request.Headers.Add("Origin", $"{scheme}://{host.Client.BaseAddress!.Authority}");
        if (forwarded is not null)
            request.Headers.Add("X-Forwarded-Proto", forwarded);

        Assert.Equal(expected, (await host.Client.SendAsync(request)).StatusCode);
    }

    private static IEnumerable<string> Ids(JsonNode list) =>
        list["segmentations"]!.AsArray().Select(status => status!["id"]!.GetValue<string>());
}
