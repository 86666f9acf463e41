using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using FrozenSeg.Serving.Http;
using FrozenSeg.Serving.Tests.Workflow;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Serving.Tests.Http;

public sealed class InteractionApiTests : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Predict_PointOnAnEmbeddedPicture_GivesThreeMasksOfItsSize()
    {
        JsonNode embedding = await EmbedAsync();

        JsonNode answer = await PostAsync(
            "/api/predictions", $$"""{"image":"{{embedding["image"]}}","points":[[20,16]]}""");

        Assert.Equal((40, 32), ((int)answer["width"]!, (int)answer["height"]!));
        JsonArray masks = answer["masks"]!.AsArray();
        Assert.Equal(3, masks.Count);
        Assert.Equal(masks.OrderByDescending(mask => (double)mask!["score"]!), masks);
        Assert.All(masks, mask => Assert.Equal((int)mask!["area"]!, Mask(mask).Area));
    }

    [Fact]
    public async Task Predict_BoxesOfASegmentation_AnswersEachByItsNumber()
    {
        string id = await SegmentAsync();

        JsonNode answer = await PostAsync(
            "/api/predictions", $$"""{"segmentation":"{{id}}","boxes":[[2,2,20,20],[10,10,38,30]]}""");

        Assert.Equal([0, 1], answer["masks"]!.AsArray().Select(mask => (int)mask!["prompt"]!));
    }

    [Fact]
    public async Task Predict_RefinedByItsIdOrByItsMask_StartsFromIt()
    {
        string image = (string)(await EmbedAsync())["image"]!;
        JsonNode first = await PostAsync("/api/predictions", $$"""{"image":"{{image}}","points":[[20,16]]}""");
        const string More = "\"points\":[[20,16],[2,2]],\"labels\":[1,0]";

        JsonNode exact = await PostAsync(
            "/api/predictions",
            $$$"""{"image":"{{{image}}}",{{{More}}},"refine":{"prediction":"{{{first["id"]}}}","mask":0}}""");
        JsonNode near = await PostAsync(
            "/api/predictions",
            $$"""{"image":"{{image}}",{{More}},"mask":{{first["masks"]![0]!["segmentation"]!.ToJsonString()}}}""");

        Assert.Single(exact["masks"]!.AsArray());
        Assert.Single(near["masks"]!.AsArray());
    }

    [Fact]
    public async Task Similar_SegmentOfAResult_FindsItselfFirst()
    {
        string id = await SegmentAsync();

        JsonNode answer = await PostAsync(
            "/api/similar", $$$"""{"example":{"segmentation":"{{{id}}}","segment":1},"threshold":-1}""");

        Assert.Equal(1, (int)answer["segments"]![0]!["segment"]!);
        Assert.Equal(1, (double)answer["segments"]![0]!["likeness"]!, 3);
    }

    [Theory]
    [InlineData("{}", "image: give either the id of a picture or a segmentation")]
    [InlineData("""{"image":"../../etc/passwd"}""", "image: there is no such picture")]
    [InlineData("""{"image":"IMAGE"}""", "points: there is neither a point nor a box nor a mask")]
    [InlineData("""{"image":"IMAGE","points":[[99,5]]}""", "points: 99, 5 lies outside the picture of 40×32")]
    [InlineData("""{"image":"IMAGE","points":[null]}""", "points: a point does not have two numbers")]
    [InlineData("""{"image":"IMAGE","points":[[1,2]],"labels":[2]}""", "labels: a label is neither 1 nor 0")]
    [InlineData("""{"image":"IMAGE","points":[[1,2]],"labels":[1,0]}""", "labels: there are 2 for 1 points")]
    [InlineData("""{"image":"IMAGE","boxes":[[9,9,1,1]]}""", "box: 9, 9, 1, 1 has no area")]
    [InlineData(
        """{"image":"IMAGE","mask":{"size":[1,1],"counts":"01"}}""", "mask: it has 1×1 pixels, the picture 40×32")]
    [InlineData("""{"image":"IMAGE","mask":{"size":[32,40],"counts":"?"}}""", "mask: it is not a mask")]
    [InlineData("""{"image":"IMAGE","refine":{"prediction":"x"}}""", "refine: there is no such mask any more")]
    [InlineData("""{"image":"IMAGE","colour":"red"}""", "request: it cannot be read")]
    [InlineData("null", "request: it cannot be read")]
    public async Task Predict_WhatMakesNoSense_IsSaidInOneLine(string json, string expected)
    {
        string image = (string)(await EmbedAsync())["image"]!;
        using var content = new StringContent(
            json.Replace("IMAGE", image, StringComparison.Ordinal), Encoding.UTF8, "application/json");

        HttpResponseMessage answer = await _host.Client.PostAsync("/api/predictions", content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.StartsWith(
            expected,
            (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["detail"]!,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Embed_NoPicture_SaysWhereItBelongs()
    {
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");

        HttpResponseMessage answer = await _host.Client.PostAsync("/api/embeddings", content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("no picture", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Picture_OfASegmentation_IsTheFileThatWasSent()
    {
        string id = await SegmentAsync();

        HttpResponseMessage answer = await _host.Client.GetAsync($"/api/segmentations/{id}/picture");

        Assert.Equal("image/png", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(ServiceBench.Picture(), await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Events_OfASegmentation_EndWithItsEnd()
    {
        string id = await SegmentAsync();

        HttpResponseMessage answer = await _host.Client.GetAsync($"/api/segmentations/{id}/events");

        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        string[] lines = (await answer.Content.ReadAsStringAsync()).Split('\n');
        Assert.Equal("event: end", Assert.Single(lines, line => line.StartsWith("event: ", StringComparison.Ordinal)));
        Assert.Equal("succeeded", (string)JsonNode.Parse(lines.Single(
            line => line.StartsWith("data: ", StringComparison.Ordinal))[6..])!["state"]!);
    }

    [Fact]
    public async Task Examples_EachListed_CanBeFetched()
    {
        JsonNode listed = (await _host.Client.GetFromJsonAsync<JsonNode>("/api/examples"))!;

        Assert.NotEmpty(listed["examples"]!.AsArray());
        foreach (JsonNode? example in listed["examples"]!.AsArray())
            Assert.NotEmpty(await _host.Client.GetByteArrayAsync($"/api/examples/{example!["name"]}"));
        Assert.Equal(HttpStatusCode.NotFound, (await _host.Client.GetAsync("/api/examples/none.png")).StatusCode);
    }

    [Fact]
    public async Task Keys_Configured_AreAskedOnEveryInteractiveRoute()
    {
        await using ApiHost host = await ApiHost.StartAsync(new ApiOptions { Keys = ["secret"] });

        foreach (string route in
            (string[])["/api/embeddings", "/api/predictions", "/api/similar", "/api/exports/coco-instances"])
            Assert.Equal(HttpStatusCode.Unauthorized, (await host.Client.PostAsync(route, null)).StatusCode);
        foreach (string route in
            (string[])[
                "/api/examples",
                "/api/examples/two-cars.png",
                "/api/segmentations/a/events",
                "/api/segmentations/a/picture"])
            Assert.Equal(HttpStatusCode.Unauthorized, (await host.Client.GetAsync(route)).StatusCode);
    }

    private async Task<JsonNode> EmbedAsync()
    {
        using MultipartFormDataContent form = ApiHost.Form(ServiceBench.Picture(), null);
        HttpResponseMessage answer = await _host.Client.PostAsync("/api/embeddings", form);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private async Task<string> SegmentAsync()
    {
        (_, JsonNode status) = await _host.SendAsync(
            HttpMethod.Post, "/api/segmentations", ApiHost.Form(
                ServiceBench.Picture(),
                """{"method":"automask","settings":{"points_per_side":4,"pred_iou_thresh":0,"stability_score_thresh":0}}"""));
        return (string)status["id"]!;
    }

    private async Task<JsonNode> PostAsync(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        HttpResponseMessage answer = await _host.Client.PostAsync(path, content);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private static RunLengthEncoding Mask(JsonNode mask) => RunLengthEncoding.FromCocoString(
        (string)mask["segmentation"]!["counts"]!,
        (int)mask["segmentation"]!["size"]![0]!,
        (int)mask["segmentation"]!["size"]![1]!);
}
