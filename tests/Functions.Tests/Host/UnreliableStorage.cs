using System.Net;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FrozenSeg.Functions.Tests.Host;

/// <summary>
/// The way from the worker to its blobs: tests can cut it. While it is cut, connections break off, as they do when
/// storage or the network goes away.
/// </summary>
internal sealed class UnreliableStorage : IAsyncDisposable
{
    private readonly HttpClient _client = Relay.CreateClient();
    private readonly WebApplication _application;
    private volatile Func<string, bool>? _isAway;
    private int _refused;

    private UnreliableStorage(Uri blobs)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        _application = builder.Build();
        _application.MapFallback("{**path}", context => PassOnAsync(context, blobs));
    }

    /// <summary>How many requests have come to nothing.</summary>
    public int Refused => _refused;

    /// <summary>How clients reach the blobs this way, and the queues directly.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>Opens the way to a storage account.</summary>
    public static async Task<UnreliableStorage> StartAsync(string connectionString)
    {
        Uri blobs = new BlobServiceClient(connectionString).Uri;
        var storage = new UnreliableStorage(blobs);
        await storage._application.StartAsync();
        string address =
            storage._application.Services.GetRequiredService<IServer>()
                .Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        storage.ConnectionString = connectionString.Replace(
            blobs.GetLeftPart(UriPartial.Authority), address.TrimEnd('/'), StringComparison.Ordinal);
        return storage;
    }

    /// <summary>Cuts the way to some blobs until the answer is disposed.</summary>
    /// <param name="isAway">Whether a path cannot be reached.</param>
    public IDisposable Cut(Func<string, bool> isAway)
    {
        _isAway = isAway;
        return new Cutting(this);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _client.Dispose();
    }

    private async Task PassOnAsync(HttpContext context, Uri blobs)
    {
        if (_isAway?.Invoke(context.Request.Path) == true)
        {
            Interlocked.Increment(ref _refused);
            context.Abort();
            return;
        }

        // The path goes on as it was written: it is part of what the client has signed.
        var target = new Uri(
            blobs.GetLeftPart(UriPartial.Authority) + context.Features.Get<IHttpRequestFeature>()!.RawTarget);
        using HttpRequestMessage request = Relay.Readdress(context.Request, target);
        using HttpResponseMessage answer = await _client.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        await Relay.AnswerAsync(answer, context);
    }

    private sealed class Cutting(UnreliableStorage storage) : IDisposable
    {
        public void Dispose() => storage._isAway = null;
    }
}
