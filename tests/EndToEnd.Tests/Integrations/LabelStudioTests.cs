using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FrozenSeg.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FrozenSeg.EndToEnd.Tests.Integrations;

/// <summary>
/// The backend contract, with calls as Label Studio makes them and a Label Studio that serves one picture.
/// </summary>
public sealed class LabelStudioTests : IAsyncLifetime, IDisposable
{
    private const string Controls = """
        <KeyPointLabels name="tag2" toName="image" smart="true"><Label value="car"/><Label value="grass"/></KeyPointLabels>
        <RectangleLabels name="tag3" toName="image" smart="true"><Label value="car"/><Label value="grass"/></RectangleLabels></View>
        """;

    private const string Brush =
        """<View><Image name="image" value="$image"/><BrushLabels name="tag" toName="image"><Label value="car"/><Label value="grass"/></BrushLabels>"""
            + Controls;
    private const string Polygon =
        """<View><Image name="image" value="$image"/><PolygonLabels name="tag" toName="image"><Label value="car"/></PolygonLabels>"""
            + Controls;

    private static readonly byte[] Scene = File.ReadAllBytes(
        Path.Combine(RepositoryCopy.Original, "samples", "scenes", "two-cars.png"));

    private readonly TemporaryFolder _folder = new();
    private readonly List<string?> _tokens = [];
    private WebApplication _labelStudio = null!;
    private ServedProcess _service = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _labelStudio = builder.Build();
        _labelStudio.Urls.Add("http://127.0.0.1:0");
        _labelStudio.MapGet("/data/upload/1/scene.png", (HttpRequest request) =>
        {
            _tokens.Add(request.Headers.Authorization);
            return Results.Bytes(Scene, "image/png");
        });
        await _labelStudio.StartAsync();
        _service = await ServedProcess.StartAsync(
            "--state",
            _folder.Path("state"),
            "--threads",
            "1",
            "--sam",
            "nano",
            "--label-studio",
            _labelStudio.Urls.First(),
            "--label-studio-token",
            "abc");
        _client = new HttpClient { BaseAddress = _service.Address, Timeout = TimeSpan.FromMinutes(3) };
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        await _labelStudio.DisposeAsync();
    }

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Contract_FromHealthToPredictions_IsKept()
    {
        JsonNode health = (await _client.GetFromJsonAsync<JsonNode>("/label-studio/health"))!;
        JsonNode setup = await PostAsync("setup", new JsonObject
        {
            ["project"] = "1.1700000000",
            ["schema"] = Brush,
            ["hostname"] = "",
            ["access_token"] = "",
        });
        JsonNode point = await PredictAsync(Brush, KeyPoint(32, 28, isPositive: true));
        JsonNode box = await PredictAsync(Brush, Rectangle(5, 15, 50, 35));
        JsonNode outline = await PredictAsync(Polygon, KeyPoint(32, 28, isPositive: true));
        JsonNode all = await PredictAsync(Brush, null);

        Assert.Equal("UP", (string)health["status"]!);
        Assert.StartsWith("frozenseg-", (string)setup["model_version"]!, StringComparison.Ordinal);
        JsonNode region = Assert.Single(point["results"]![0]!["result"]!.AsArray())!;
        Assert.Equal(("brushlabels", "tag", "image", "rle"), (
            (string)region["type"]!,
            (string)region["from_name"]!,
            (string)region["to_name"]!,
            (string)region["value"]!["format"]!));
        Assert.Equal(["car"], region["value"]!["brushlabels"]!.AsArray().Select(label => (string)label!));
        Assert.Equal((128, 128), ((int)region["original_width"]!, (int)region["original_height"]!));
        // The header of the packed runs holds the number of bytes of an RGBA picture.
        Assert.Equal([0, 1, 0, 0], region["value"]!["rle"]!.AsArray().Take(4).Select(value => (int)value!));
        Assert.Equal("grass", (string)box["results"]![0]!["result"]![0]!["value"]!["brushlabels"]![0]!);
        Assert.All(
            outline["results"]![0]!["result"]![0]!["value"]!["points"]!.AsArray(),
            corner => Assert.All(corner!.AsArray(), value => Assert.InRange((double)value!, 0, 100)));
        Assert.Contains(
            "car",
            all["results"]![0]!["result"]!.AsArray().Select(found => (string)found!["value"]!["brushlabels"]![0]!));
        Assert.All(_tokens, token => Assert.Equal("Token abc", token));
    }

    [Theory]
    [InlineData("https://elsewhere.example/a.png", "its picture is not at")]
    [InlineData("http://169.254.169.254/latest", "its picture is not at")]
    [InlineData("/data/upload/1/none.png", "Label Studio answers 404")]
    public async Task Predict_PictureThatMayNotBeFetched_SaysSo(string address, string expected)
    {
        JsonObject call = Call(Brush, KeyPoint(10, 10, isPositive: true));
        call["tasks"]![0]!["data"]!["image"] = address;

        HttpResponseMessage answer = await _client.PostAsJsonAsync("/label-studio/predict", call);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(expected, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private Task<JsonNode> PredictAsync(string config, JsonObject? region) =>
        PostAsync("predict", Call(config, region));

    private static JsonObject Call(string config, JsonObject? region) => new()
    {
        ["tasks"] = new JsonArray(
            new JsonObject { ["id"] = 1, ["data"] = new JsonObject { ["image"] = "/data/upload/1/scene.png" } }),
        ["project"] = "1.1700000000",
        ["label_config"] = config,
        ["params"] = new JsonObject
        {
            ["login"] = null,
            ["password"] = null,
            ["context"] = region is null ? null : new JsonObject { ["result"] = new JsonArray(region) },
        },
    };

    private static JsonObject KeyPoint(double x, double y, bool isPositive) => new()
    {
        ["original_width"] = 128,
        ["original_height"] = 128,
        ["image_rotation"] = 0,
        ["value"] = new JsonObject
        {
            ["x"] = x,
            ["y"] = y,
            ["width"] = 0.3,
            ["labels"] = new JsonArray("car"),
            ["keypointlabels"] = new JsonArray("car"),
        },
        ["is_positive"] = isPositive,
        ["id"] = "fBWv1t0S2L",
        ["from_name"] = "tag2",
        ["to_name"] = "image",
        ["type"] = "keypointlabels",
        ["origin"] = "manual",
    };

    private static JsonObject Rectangle(double x, double y, double width, double height) => new()
    {
        ["original_width"] = 128,
        ["original_height"] = 128,
        ["type"] = "rectanglelabels",
        ["value"] = new JsonObject
        {
            ["x"] = x,
            ["y"] = y,
            ["width"] = width,
            ["height"] = height,
            ["rectanglelabels"] = new JsonArray("grass"),
        },
    };

    private async Task<JsonNode> PostAsync(string route, JsonObject body)
    {
        HttpResponseMessage answer = await _client.PostAsJsonAsync($"/label-studio/{route}", body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }
}
