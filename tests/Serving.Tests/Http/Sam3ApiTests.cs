using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Serving.Tests.Workflow;
using FrozenSeg.Testing;

namespace FrozenSeg.Serving.Tests.Http;

/// <summary>A tiny SAM 3 behind the API: as a proposer of <c>fused</c>, and as the SAM of clicks.</summary>
public sealed class Sam3ApiTests : IAsyncLifetime, IDisposable
{
    private static readonly string[] SureEnds =
        ["presence_token_head.layers.2.bias", "hs_proj.bias", "prompt_proj.bias"];

    private readonly TemporaryFolder _folder = new();
    private ModelLibrary _library = null!;
    private ApiHost _host = null!;

    public async Task InitializeAsync()
    {
        string weights = TinySam3.Write(_folder.Root, Sure);
        var selection = new ModelSelection { Sam = weights, Sam3 = weights };
        _library = new ModelLibrary(selection, TinySam.Sessions, featureBytes: 64 << 20);
        _host = await ApiHost.StartAsync(change: service => service with { Library = _library });
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public void Dispose()
    {
        _library.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("sam3", new[] { "sam3" })]
    [InlineData("both", new[] { "frozenseg", "sam3" })]
    public async Task Fused_TakesTheProposersThatASettingChooses(string proposals, string[] expected)
    {
        JsonNode result = await SegmentAsync($$$"""
            {"method":"fused","prompts":["cat"],"settings":{"fused.proposals":"{{{proposals}}}","fused.keep_score":0,
            "fused.visible_share":0,"fused.covered_share":0,"automask.points_per_side":2}}
            """);

        Assert.Equal(proposals, (string)result["request"]!["settings"]!["fused.proposals"]!);
        Assert.Equal(
            expected, Texts(result["models"]!, "role").Where(role => role is "frozenseg" or "sam3").Order());
        Assert.Contains("sam3", Texts(result["segments"]!, "source"));
    }

    [Fact]
    public async Task Embedding_SeenBySam3_AnswersPointsBoxesAndRefinements()
    {
        using MultipartFormDataContent form = ApiHost.Form(ServiceBench.Picture(), null);
        HttpResponseMessage embedded = await _host.Client.PostAsync("/api/embeddings", form);
        string image = (string)(await embedded.Content.ReadFromJsonAsync<JsonNode>())!["image"]!;

        JsonNode point = await PredictAsync($$"""{"image":"{{image}}","points":[[20,16]]}""");
        JsonNode boxes = await PredictAsync($$"""{"image":"{{image}}","boxes":[[2,2,20,20],[10,10,38,30]]}""");
        JsonNode refined = await PredictAsync($$$"""
            {"image":"{{{image}}}","points":[[20,16],[2,2]],"labels":[1,0],
            "refine":{"prediction":"{{{point["id"]}}}","mask":0}}
            """);

        Assert.Equal(3, point["masks"]!.AsArray().Count);
        Assert.All(point["masks"]!.AsArray(), mask => Assert.Equal([32, 40], Size(mask!)));
        Assert.Equal([0, 1], boxes["masks"]!.AsArray().Select(mask => (int)mask!["prompt"]!));
        Assert.Single(refined["masks"]!.AsArray());
        // The picture was seen once, for its map and for what points need of it; each answer is kept for refining.
        Assert.Equal(2 + 3, _library.Features.Figures.Misses);
    }

    private async Task<JsonNode> SegmentAsync(string options)
    {
        (HttpResponseMessage answer, JsonNode status) = await _host.SendAsync(
            HttpMethod.Post, "/api/segmentations", ApiHost.Form(ServiceBench.Picture(), options));
        Assert.True(answer.StatusCode is HttpStatusCode.OK, status.ToJsonString());
        return (await _host.Client.GetFromJsonAsync<JsonNode>($"/api/segmentations/{status["id"]}/result"))!;
    }

    private async Task<JsonNode> PredictAsync(string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        HttpResponseMessage answer = await _host.Client.PostAsync("/api/predictions", content);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    // Everything is present and fits, so that no proposal of another's lies over it.
    private static float[] Sure(string name, TensorShape shape)
    {
        float[] elements = SyntheticWeights.Elements(name, shape);
        if (SureEnds.Any(end => name.EndsWith(end, StringComparison.Ordinal)))
            Array.Fill(elements, 10);
        return elements;
    }

    private static IEnumerable<int> Size(JsonNode mask) =>
        mask["segmentation"]!["size"]!.AsArray().Select(side => (int)side!);

    private static IEnumerable<string> Texts(JsonNode list, string property) =>
        list.AsArray().Select(item => (string)item![property]!);
}
