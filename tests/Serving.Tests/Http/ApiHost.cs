using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FrozenSeg.Serving.Http;
using FrozenSeg.Serving.Http.Callers;
using FrozenSeg.Serving.Http.Local;
using FrozenSeg.Serving.Workflow;
using FrozenSeg.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace FrozenSeg.Serving.Tests.Http;

/// <summary>The API on a port of this machine, over a service in a temporary folder.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LocalService _service;
    private readonly WebApplication _application;

    private ApiHost(ApiOptions options, Func<LocalServiceOptions, LocalServiceOptions> change)
    {
        _service = new LocalService(change(new LocalServiceOptions
        {
            Folder = _folder.Root,
            Library = SharedNetworks.Nano,
            Retry = new RetryOptions { FirstDelay = TimeSpan.FromMilliseconds(1), MaxAttempts = 2 },
        }));
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = options.MaxBodyBytes);
        _application = builder.Build();
        _application.Use(next => new SameSiteGuard(next, onlyLocalNames: options.Keys.Count == 0).InvokeAsync);
        _application.MapSegmentationApi(_service.CreateApi(options));
        _application.MapInteractionApi(_service.CreateInteractionApi(options));
    }

    /// <summary>Calls the API.</summary>
    public HttpClient Client { get; private set; } = new();

    public static async Task<ApiHost> StartAsync(
        ApiOptions? options = null, Func<LocalServiceOptions, LocalServiceOptions>? change = null)
    {
        var host = new ApiHost(options ?? new ApiOptions(), change ?? (service => service));
        await host._application.StartAsync();
        host.Client = new HttpClient
        {
            BaseAddress = new Uri(host._application.Urls.First()),
            Timeout = TimeSpan.FromMinutes(2),
        };
        return host;
    }

    /// <summary>The files below a folder of the service.</summary>
    public string[] Files(string folder) => !Directory.Exists(_folder.Path(folder))
        ? []
        : [.. Directory.GetFiles(_folder.Path(folder), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    /// <summary>Writes into the folder of the service, behind its back.</summary>
    public void Write(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.Path(name))!);
        _folder.Write(name, content);
    }

    /// <summary>A form with a picture and options.</summary>
    public static MultipartFormDataContent Form(byte[] picture, string? options, string name = "photo.png")
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(picture), "image", name } };
        if (options is not null)
            form.Add(new StringContent(options), "options");
        return form;
    }

    /// <summary>Sends a request that waits for its end.</summary>
    public async Task<(HttpResponseMessage Answer, JsonNode Body)> SendAsync(
        HttpMethod method, string path, HttpContent? content = null, int wait = 60)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (wait > 0)
            request.Headers.Add("Prefer", $"wait={wait}");
        HttpResponseMessage answer = await Client.SendAsync(request);
        return (answer, (await answer.Content.ReadFromJsonAsync<JsonNode>())!);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.DisposeAsync();
        await _service.DisposeAsync();
        _folder.Dispose();
    }
}
