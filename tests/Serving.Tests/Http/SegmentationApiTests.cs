using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using FrozenSeg.Serving.Http;
using FrozenSeg.Serving.Tests.Workflow;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Serving.Tests.Http;

public sealed class SegmentationApiTests : IAsyncLifetime
{
    private const string Path = "/api/segmentations",
        Options =
            """{"method":"automask","settings":{"points_per_side":4,"pred_iou_thresh":0,"stability_score_thresh":0}}""";

    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Post_FormThatWaits_AnswersWithTheEnd()
    {
        (HttpResponseMessage answer, JsonNode status) = await _host.SendAsync(
            HttpMethod.Post, Path, ApiHost.Form(ServiceBench.Picture(), Options));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("succeeded", Text(status, "state"));
        Assert.Equal("wait=60", Assert.Single(answer.Headers.GetValues("Preference-Applied")));
        Assert.Equal(
            ["self", "result", "overlay.png", "picture"], status["links"]!.AsObject().Select(link => link.Key));
        Assert.All(status["stages"]!.AsArray(), stage => Assert.True(stage!["seconds"]!.GetValue<double>() >= 0));
        Assert.All(status["stages"]!.AsArray(), stage => Assert.Equal(1, stage!["fraction"]!.GetValue<double>()));
        Assert.Equal(answer.Headers.Location!.ToString(), Text(status["links"]!, "self"));

        SegmentationResult result = ResultJsonContext.Read(
            await _host.Client.GetByteArrayAsync(Text(status["links"]!, "result")));
        Assert.Equal("photo.png", result.Image.Name);
        HttpResponseMessage overlay = await _host.Client.GetAsync(Text(status["links"]!, "overlay.png"));
        Assert.Equal(("image/png", "nosniff"), (
            overlay.Content.Headers.ContentType!.MediaType,
            overlay.Headers.GetValues("X-Content-Type-Options").Single()));
    }

    [Fact]
    public async Task Post_JsonWithoutWaiting_IsAcceptedAndFollowed()
    {
        string json =
            $$"""{ "image": { "bytes": "{{Convert.ToBase64String(ServiceBench.Picture())}}" }, "settings": { "points_per_side": 4 } }""";

        (HttpResponseMessage answer, _) = await _host.SendAsync(
            HttpMethod.Post, Path, new StringContent(json, Encoding.UTF8, "application/json"), wait: 0);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        JsonNode status;
        do
        {
            (_, status) = await _host.SendAsync(HttpMethod.Get, answer.Headers.Location!.ToString());
        }
        while (Text(status, "state") is "queued" or "running");
        Assert.Equal("succeeded", Text(status, "state"));
    }

    [Fact]
    public async Task Put_SameTwice_StartsOnceAndOtherRequestConflicts()
    {
        byte[] picture = ServiceBench.Picture();
        (_, JsonNode first) = await _host.SendAsync(HttpMethod.Put, $"{Path}/mine", ApiHost.Form(picture, Options));

        (HttpResponseMessage again, JsonNode second) = await _host.SendAsync(
            HttpMethod.Put, $"{Path}/mine", ApiHost.Form(picture, Options));
        (HttpResponseMessage other, _) = await _host.SendAsync(
            HttpMethod.Put, $"{Path}/mine", ApiHost.Form(picture, null));

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(Text(first, "ended"), Text(second, "ended"));
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
    }

    [Fact]
    public async Task Head_OfWhatCanBeRead_IsGetWithoutItsBody()
    {
        await _host.SendAsync(HttpMethod.Put, $"{Path}/seen", ApiHost.Form(ServiceBench.Picture(), Options));

        foreach (string path in (string[])["/", "/api/health", $"{Path}/seen", $"{Path}/seen/result", $"{Path}/none"])
        {
            using HttpResponseMessage got = await _host.Client.GetAsync(path);
            using var question = new HttpRequestMessage(HttpMethod.Head, path);
            using HttpResponseMessage answer = await _host.Client.SendAsync(question);

            Assert.Equal(got.StatusCode, answer.StatusCode);
            Assert.Equal(got.Content.Headers.ContentType, answer.Content.Headers.ContentType);
            Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
        }
    }

    [Fact]
    public async Task Put_TwoRequestsOfOneIdAtOnce_AreOneSegmentationAndConflicts()
    {
        byte[] picture = ServiceBench.Picture();

        HttpStatusCode[] answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(async i =>
        {
            (HttpResponseMessage answer, _) = await _host.SendAsync(
                HttpMethod.Put, $"{Path}/both", ApiHost.Form(picture, i % 2 == 0 ? Options : null), wait: 0);
            return answer.StatusCode;
        }));

        Assert.Equal(8, answers.Count(status => status is HttpStatusCode.Conflict));
        Assert.Equal(8, answers.Count(status => status is HttpStatusCode.Accepted or HttpStatusCode.OK));
    }

    [Fact]
    public async Task Put_IdWhoseEntryIsDamaged_IsTakenAgain()
    {
        _host.Write("segmentations/lost/job.json", "{"u8.ToArray());

        (_, JsonNode before) = await _host.SendAsync(HttpMethod.Get, $"{Path}/lost");
        (HttpResponseMessage answer, JsonNode after) = await _host.SendAsync(
            HttpMethod.Put, $"{Path}/lost", ApiHost.Form(ServiceBench.Picture(), Options));

        Assert.Equal("failed", Text(before, "state"));
        Assert.Equal((HttpStatusCode.OK, "succeeded"), (answer.StatusCode, Text(after, "state")));
    }

    [Fact]
    public async Task Delete_RunningSegmentation_CancelsIt()
    {
        await _host.SendAsync(
            HttpMethod.Put,
            $"{Path}/long",
            ApiHost.Form(ServiceBench.Picture(), """{"settings":{"points_per_side":128}}"""),
            wait: 0);

        (HttpResponseMessage answer, JsonNode status) = await _host.SendAsync(HttpMethod.Delete, $"{Path}/long");
        (HttpResponseMessage result, JsonNode problem) = await _host.SendAsync(HttpMethod.Get, $"{Path}/long/result");

        Assert.Equal((HttpStatusCode.OK, "cancelled"), (answer.StatusCode, Text(status, "state")));
        Assert.Equal(HttpStatusCode.Conflict, result.StatusCode);
        Assert.Contains("cancelled", Text(problem, "detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_EverythingWrong_IsOneProblemDocument()
    {
        (HttpResponseMessage answer, JsonNode problem) = await _host.SendAsync(HttpMethod.Post, Path, ApiHost.Form(
            ServiceBench.Picture(),
            """{"method":"automask","prompts":["cat"],"vocabulary":"moon","settings":{"points_per_side":0}}"""));

        Assert.Equal(
            (HttpStatusCode.BadRequest, "application/problem+json"),
            (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal((400, Path), (problem["status"]!.GetValue<int>(), Text(problem, "instance")));
        Assert.Equal(
            ["settings.points_per_side", "vocabulary", "vocabulary", "prompts"],
            problem["errors"]!.AsArray().Select(error => Text(error!, "where")));
    }

    [Fact]
    public async Task Post_TextNamedAsPicture_FailsWithItsReason()
    {
        (HttpResponseMessage answer, JsonNode status) = await _host.SendAsync(
            HttpMethod.Post, Path, ApiHost.Form("no picture"u8.ToArray(), Options, "text.jpg"));

        Assert.Equal((HttpStatusCode.OK, "failed"), (answer.StatusCode, Text(status, "state")));
        Assert.Equal("text.jpg", Text(status["problems"]![0]!, "where"));
    }

    [Fact]
    public async Task Post_PictureThatWouldUnfoldToGigabytes_FailsBeforeDecoding()
    {
        // The header of a BMP, which has no checksum: its size, 54 bytes to the pixels, 40 of header, both sides, 24
        // bits.
        byte[] bomb =
        [
            .. "BM"u8, 70, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 0xff, 0x7f, 0, 0, 0xff, 0x7f, 0, 0, 1, 0, 24,
            0,
            .. new byte[40],
        ];

        (_, JsonNode status) = await _host.SendAsync(HttpMethod.Post, Path, ApiHost.Form(bomb, Options));

        Assert.Equal("failed", Text(status, "state"));
        Assert.Contains("32767×32767", Text(status["problems"]![0]!, "message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("{}", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("""{"image":{"url":"https://example.com/a.png"}}""", "application/json", HttpStatusCode.BadRequest)]
    [InlineData(
        """{"image":{"artefact":{"key":"images/a","length":1}}}""", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("<xml/>", "application/xml", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("--x\r\n", "multipart/form-data; boundary=x", HttpStatusCode.BadRequest)]
    [InlineData("nothing", "multipart/form-data", HttpStatusCode.BadRequest)]
    public async Task Post_NoRequest_IsRefused(string body, string type, HttpStatusCode expected)
    {
        var content = new StringContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        (HttpResponseMessage answer, JsonNode problem) = await _host.SendAsync(HttpMethod.Post, Path, content);

        Assert.Equal(expected, answer.StatusCode);
        Assert.NotEmpty(problem["errors"]!.AsArray());
    }

    [Theory]
    [InlineData("/api/segmentations/nobody")]
    [InlineData("/api/segmentations/nobody/result")]
    [InlineData("/api/segmentations/..%2F..%2Fetc")]
    public async Task Get_UnknownSegmentation_IsNotFound(string path)
    {
        (HttpResponseMessage answer, _) = await _host.SendAsync(HttpMethod.Get, path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Get_Descriptions_SayWhatThereIs()
    {
        (_, JsonNode models) = await _host.SendAsync(HttpMethod.Get, "/api/models");
        (_, JsonNode vocabularies) = await _host.SendAsync(HttpMethod.Get, "/api/vocabularies");
        (_, JsonNode health) = await _host.SendAsync(HttpMethod.Get, "/api/health");
        (_, JsonNode openApi) = await _host.SendAsync(HttpMethod.Get, "/api/openapi.json");
        string page = await _host.Client.GetStringAsync("/");

        Assert.Equal("automask", Text(models["methods"]![0]!, "name"));
        Assert.Contains("generated scenes", models["warnings"]![0]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.NotNull(vocabularies["vocabularies"]);
        Assert.Equal(("ready", "cpu"), (Text(health, "status"), Text(health, "provider")));
        Assert.Contains("/api/segmentations/{id}", openApi["paths"]!.AsObject().Select(path => path.Key));
        Assert.DoesNotContain("{{nonce}}", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=\"(http|//)", page);
    }

    [Fact]
    public async Task Result_FitsThePublishedSchema()
    {
        (_, JsonNode status) = await _host.SendAsync(
            HttpMethod.Post, Path, ApiHost.Form(ServiceBench.Picture(), Options));

        JsonNode schema = JsonNode.Parse(await _host.Client.GetStringAsync("/api/schema"))!;
        JsonNode result = JsonNode.Parse(await _host.Client.GetStringAsync(Text(status["links"]!, "result")))!;

        Assert.Empty(SchemaCheck.Faults(schema, result));
        result["segments"]![0]!["score"] = 2;
        result["image"]!.AsObject().Remove("sha256");
        Assert.Equal(["$.image.sha256: missing", "$.segments[0].score: 2 > 1"], SchemaCheck.Faults(schema, result));
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Origin", "https://evil.example")]
    public async Task Request_FromAnotherSite_IsRefused(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/models");
        request.Headers.TryAddWithoutValidation(header, value);

        Assert.Equal(HttpStatusCode.Forbidden, (await _host.Client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Keys_Configured_AreAskedOnEveryRouteButHealth()
    {
        await using ApiHost host = await ApiHost.StartAsync(new ApiOptions { Keys = ["secret"] });
        string[] routes =
        [
            "/",
            "/api/models",
            "/api/vocabularies",
            "/api/openapi.json",
            "/api/schema",
            $"{Path}/a",
            $"{Path}/a/result",
        ];

        foreach (string route in routes)
            Assert.Equal(HttpStatusCode.Unauthorized, (await host.Client.GetAsync(route)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Client.PostAsync(Path, null)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Client.DeleteAsync($"{Path}/a")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/api/health")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/?key=secret")).StatusCode);
        host.Client.DefaultRequestHeaders.Add("x-api-key", "secret");
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/api/models")).StatusCode);
    }

    [Fact]
    public async Task Principal_Needed_IsAskedOnEveryRouteButHealth()
    {
        await using ApiHost host = await ApiHost.StartAsync(new ApiOptions { NeedsPrincipal = true });

        foreach (string route in (string[])["/", "/api/models", "/api/openapi.json", $"{Path}/a", $"{Path}/a/result"])
            Assert.Equal(HttpStatusCode.Unauthorized, (await host.Client.GetAsync(route)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Client.PostAsync(Path, null)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/api/health")).StatusCode);
        host.Client.DefaultRequestHeaders.Add("X-MS-CLIENT-PRINCIPAL-ID", "somebody");
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/api/models")).StatusCode);
    }

    [Theory]
    [InlineData("""{"claims":[{"typ":"roles","val":"Segmentation.Use"}]}""", HttpStatusCode.OK)]
    [InlineData(
        """{"role_typ":"http://role","claims":[{"typ":"name","val":"A"},{"typ":"http://role","val":"Segmentation.Use"}]}""",
        HttpStatusCode.OK)]
    [InlineData(
        """{"claims":[{"typ":"roles","val":"Another.Role"},{"typ":"name","val":"Segmentation.Use"}]}""",
        HttpStatusCode.Forbidden)]
    [InlineData("""{"claims":7}""", HttpStatusCode.Forbidden)]
    [InlineData("[]", HttpStatusCode.Forbidden)]
    [InlineData("nonsense", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Forbidden)]
    public async Task Principal_RoleNeeded_IsAskedOfTheToken(string? claims, HttpStatusCode expected)
    {
        await using ApiHost host = await ApiHost.StartAsync(
            new ApiOptions { NeedsPrincipal = true, CallerRole = "Segmentation.Use" });
        host.Client.DefaultRequestHeaders.Add("X-MS-CLIENT-PRINCIPAL-ID", "somebody");
        if (claims is not null)
            host.Client.DefaultRequestHeaders.Add(
                "X-MS-CLIENT-PRINCIPAL", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(claims)));

        Assert.Equal(expected, (await host.Client.GetAsync("/api/models")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/api/health")).StatusCode);
    }

    [Fact]
    public async Task Post_TwoGigabytes_IsRefusedWithoutBeingHeld()
    {
        await using ApiHost host = await ApiHost.StartAsync(
            new ApiOptions { MaxImageBytes = 1 << 20, MaxOptionsBytes = 1 << 10 });
        using var announced = new EndlessContent(2L << 30, isAnnounced: true);
        using var chunked = new EndlessContent(2L << 30, isAnnounced: false);

        HttpStatusCode? first = await StatusOfAsync(host.Client, announced),
            second = await StatusOfAsync(host.Client, chunked);

        // The service hangs up on whoever goes on sending; the answer may be lost with the connection.
        Assert.Contains(first, (HttpStatusCode?[])[HttpStatusCode.RequestEntityTooLarge, null]);
        Assert.Contains(second, (HttpStatusCode?[])[HttpStatusCode.RequestEntityTooLarge, null]);
        Assert.True(
            announced.Sent < 64 << 20 && chunked.Sent < 64 << 20,
            $"{announced.Sent} and {chunked.Sent} bytes were taken");
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/api/health")).StatusCode);
    }

    private static async Task<HttpStatusCode?> StatusOfAsync(HttpClient client, EndlessContent content)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Path)
            {
                Content = new MultipartFormDataContent { { content, "image", "a.png" } },
            };
            request.Headers.TransferEncodingChunked = !content.IsAnnounced;
            return (await client.SendAsync(request)).StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
