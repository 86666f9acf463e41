using System.Net;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FrozenSeg.Serving.Tests.Hosting;

/// <summary>The service in an application of somebody else.</summary>
public sealed class HostedServiceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Post_Picture_IsSegmented()
    {
        await using WebApplication application = await StartAsync();
        using HttpClient client = Client(application);
        byte[] picture = ImageCodec.EncodePng(TestPicture.Make(32, 48));

        using var request = new HttpRequestMessage(HttpMethod.Post, "api/segmentations")
        {
            Content = new MultipartFormDataContent
            {
                { new ByteArrayContent(picture), "image", "picture.png" },
                { new StringContent("""{ "method": "automask" }"""), "options" },
            },
            Headers = { { "Prefer", "wait=60" } },
        };
        using HttpResponseMessage answer = await client.SendAsync(request);

        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        Assert.Contains(
            "\"state\":\"done\"",
            (await answer.Content.ReadAsStringAsync()).Replace(" ", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_IsAtTheRoot_BesideRoutesOfTheApplication()
    {
        await using WebApplication application = await StartAsync();
        using HttpClient client = Client(application);

        Assert.Contains("<html", await client.GetStringAsync("/"), StringComparison.Ordinal);
        Assert.Equal("mine", await client.GetStringAsync("/mine"));
    }

    [Fact]
    public async Task ForeignName_WithoutKeys_IsRefused_AndTheApplicationsOwnRouteIsNot()
    {
        await using WebApplication application = await StartAsync();
        using HttpClient client = Client(application);
        client.DefaultRequestHeaders.Host = "rebound.example";

        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/api/models")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/mine")).StatusCode);
    }

    [Fact]
    public async Task Keys_AreAskedFor()
    {
        await using WebApplication application = await StartAsync(options => options.Keys.Add("secret"));
        using HttpClient client = Client(application);

        HttpStatusCode without = (await client.GetAsync("/api/models")).StatusCode;
        client.DefaultRequestHeaders.Add("x-api-key", "secret");

        Assert.Equal(HttpStatusCode.Unauthorized, without);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/models")).StatusCode);
    }

    [Fact]
    public async Task Options_Unusable_AreAllNamedBeforeAnythingStarts()
    {
        OptionsValidationException failure = await Assert.ThrowsAsync<OptionsValidationException>(
            () => StartAsync(options =>
            {
                options.MaxQueued = 0;
                options.Segmenter.Parallelism = 0;
            }));

        Assert.Contains("ServingOptions.MaxQueued", failure.Message, StringComparison.Ordinal);
        Assert.Contains("SegmenterOptions.Parallelism", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<WebApplication> StartAsync(Action<ServingOptions>? change = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddFrozenSegService(options =>
        {
            options.Folder = _folder.Path("state");
            options.Segmenter.Models = new ModelSelection { Sam = "procsam" };
            change?.Invoke(options);
        });
        WebApplication application = builder.Build();
        application.MapFrozenSegService();
        application.MapGet("/mine", () => "mine");
        await application.StartAsync();
        return application;
    }

    private static HttpClient Client(WebApplication application) =>
        new() { BaseAddress = new Uri(application.Urls.First()) };
}
