using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FrozenSeg.Testing;

namespace FrozenSeg.EndToEnd.Tests.Integrations;

/// <summary>X-AnyLabeling's remote server, with calls as its client makes them.</summary>
public sealed class XAnyLabelingTests : IAsyncLifetime, IDisposable
{
    private static readonly string Scene = Convert.ToBase64String(
        File.ReadAllBytes(Path.Combine(RepositoryCopy.Original, "samples", "scenes", "two-cars.png")));

    private readonly TemporaryFolder _folder = new();
    private ServedProcess _service = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        _service = await ServedProcess.StartAsync(
            "--state", _folder.Path("state"), "--threads", "1", "--sam", "nano", "--key", "secret");
        _client = new HttpClient
        {
            BaseAddress = _service.Address,
            Timeout = TimeSpan.FromMinutes(3),
            DefaultRequestHeaders = { { "Token", "secret" } },
        };
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
    }

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Contract_FromTheListOfModelsToShapes_IsKept()
    {
        JsonObject models = (await _client.GetFromJsonAsync<JsonNode>("/x-anylabeling/v1/models"))!["data"]!.AsObject();
        JsonNode info = (
            await _client.GetFromJsonAsync<JsonNode>("/x-anylabeling/v1/models/frozenseg_words/info"))!["data"]!;
        JsonArray point = await PredictAsync(
            "frozenseg_points",
            """{"marks":[{"type":"point","data":[41,36],"label":1},{"type":"point","data":[5,5],"label":0}]}""");
        JsonArray box = await PredictAsync(
            "frozenseg_points",
            """{"marks":[{"type":"rectangle","data":[68,62,6,18],"label":1}],"epsilon_factor":0.01}""");
        JsonArray words = await PredictAsync(
            "frozenseg_words", """{"text_prompt":"car.grass (stuff)","conf_threshold":0.0}""");

        Assert.Equal(
            ["frozenseg_points", "frozenseg_words", "frozenseg_everything"], models.Select(model => model.Key));
        Assert.All(models, model => Assert.All(
            model.Value!["widgets"]!.AsArray(), widget => Assert.NotNull((string?)widget!["name"])));
        Assert.Equal(
            ("frozenseg_words", "text_prompt"), ((string?)info["model_id"], (string?)info["batch_processing_mode"]));
        Assert.All(point, AssertShape);
        Assert.Equal("AUTOLABEL_OBJECT", (string?)point[0]!["label"]);
        Assert.True(box[0]!["points"]!.AsArray().Count < point[0]!["points"]!.AsArray().Count * 4);
        Assert.Contains("car", words.Select(shape => (string)shape!["label"]!));
        Assert.All(words, AssertShape);
    }

    [Theory]
    [InlineData("no_such_model", "{}", "there is no such model")]
    [InlineData("frozenseg_words", "{}", "there are no words")]
    [InlineData("frozenseg_points", """{"marks":[{"type":"point","data":[900,1]}]}""", "outside")]
    [InlineData("frozenseg_points", """{"marks":[{"type":"point"}]}""", "it cannot be read")]
    public async Task Predict_WhatCannotBeAnswered_IsAStatusItsUserSees(string model, string parameters, string found)
    {
        HttpResponseMessage answer = await PostAsync(model, parameters);

        JsonNode document = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal((HttpStatusCode.BadRequest, false), (answer.StatusCode, (bool)document["success"]!));
        Assert.Contains(found, (string?)document["error"]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_WithoutTheToken_AreRefused()
    {
        using var stranger = new HttpClient { BaseAddress = _service.Address };

        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/x-anylabeling/v1/models")).StatusCode);
    }

    // What the client takes from a shape, in the ranges that the contract's schema demands.
    private static void AssertShape(JsonNode? shape)
    {
        Assert.Equal("polygon", (string?)shape!["shape_type"]);
        JsonArray points = shape["points"]!.AsArray();
        Assert.True(points.Count >= 4 && JsonNode.DeepEquals(points[0], points[^1]));
        Assert.All(points, point => Assert.All(point!.AsArray(), value => Assert.InRange((double)value!, 0, 128)));
        Assert.InRange((double)shape["score"]!, 0, 1);
        Assert.True(shape["group_id"] is null || (int)shape["group_id"]! > 0);
    }

    private async Task<JsonArray> PredictAsync(string model, string parameters)
    {
        HttpResponseMessage answer = await PostAsync(model, parameters);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!["data"]!["shapes"]!.AsArray();
    }

    private Task<HttpResponseMessage> PostAsync(string model, string parameters) =>
        _client.PostAsJsonAsync("/x-anylabeling/v1/predict", new JsonObject
        {
            ["model"] = model,
            ["image"] = $"data:image/png;base64,{Scene}",
            ["params"] = JsonNode.Parse(parameters),
        });
}
