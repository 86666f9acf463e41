using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using FrozenSeg.Testing;

namespace FrozenSeg.Functions.Tests.Host;

/// <summary>The storage emulator, the host and one worker, for all tests of a class.</summary>
public sealed class ServiceFixture : IAsyncLifetime
{
    /// <summary>Options of a small, quick segmentation.</summary>
    public const string Quick = """{"method":"automask","settings":{"points_per_side":"4"}}""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private Azurite? _azurite;
    private UnreliableStorage? _storage;
    private FunctionsTestHost? _host;

    internal FunctionsTestHost Host => _host!;

    internal HttpClient Client { get; private set; } = new();

    /// <summary>The storage account itself.</summary>
    internal string ConnectionString => _azurite!.ConnectionString;

    /// <summary>The way workers take to it.</summary>
    internal UnreliableStorage Storage => _storage!;

    internal BlobContainerClient Uploads => Container("uploads");

    internal BlobContainerClient Results => Container("results");

    /// <summary>Settings of a worker on this storage account.</summary>
    internal Dictionary<string, string> Settings(string role = "all") => new()
    {
        ["ImageStorage"] = Storage.ConnectionString,
        ["Service__Provider"] = "cpu",
        ["Service__Threads"] = "1",
        ["Service__Role"] = role,
        ["Service__ManifestParallelism"] = "2",
    };

    public async Task InitializeAsync()
    {
        if (!File.Exists(Azurite.Script))
            return;
        _azurite = await Azurite.StartAsync(CancellationToken.None);
        _storage = await UnreliableStorage.StartAsync(ConnectionString);
        await Uploads.CreateIfNotExistsAsync();
        foreach (string queue in
            (string[])[
                "segmentation-requests",
                "segmentation-requests-poison",
                "upload-events",
                "upload-events-poison",
                BlobPoller.PoisonQueue])
            await QueuePoller.Open(ConnectionString, queue).CreateIfNotExistsAsync();
        _host = await FunctionsTestHost.StartAsync(ConnectionString, Settings());
        Client = new HttpClient { BaseAddress = _host.Address, Timeout = Patience };
        Client.DefaultRequestHeaders.Add("x-functions-key", HttpFront.Key);
        await WarmUpAsync();
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
        if (_storage is not null)
            await _storage.DisposeAsync();
        if (_azurite is not null)
            await _azurite.DisposeAsync();
    }

    /// <summary>A form with a picture and options.</summary>
    internal static MultipartFormDataContent Form(byte[] picture, string options)
    {
        var image = new ByteArrayContent(picture);
        image.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        return new MultipartFormDataContent
        {
            { image, "image", "rgb.png" },
            { new StringContent(options, Encoding.UTF8, "application/json"), "options" },
        };
    }

    /// <summary>A small picture.</summary>
    internal static byte[] Picture(string name = "rgb.png") => File.ReadAllBytes(Fixtures.Path("images", name));

    /// <summary>Uploads a blob, as a user would.</summary>
    internal async Task UploadAsync(string name, byte[] content, Dictionary<string, string>? metadata = null) =>
        await Uploads.GetBlobClient(name)
            .UploadAsync(BinaryData.FromBytes(content), new BlobUploadOptions { Metadata = metadata });

    /// <summary>The record of how an upload ended, once there is one.</summary>
    internal async Task<JsonElement> RecordAsync(string upload) =>
        JsonDocument.Parse(await WaitForBlobAsync($"uploads/{upload}.json")).RootElement;

    /// <summary>A blob of the results, once it is there.</summary>
    internal async Task<byte[]> WaitForBlobAsync(string name)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                BlobDownloadResult found = await Results.GetBlobClient(name).DownloadContentAsync();
                return found.Content.ToArray();
            }
            catch (RequestFailedException) when (!limit.IsCancellationRequested)
            {
                await Task.Delay(100);
            }
            catch (RequestFailedException)
            {
                throw new TimeoutException($"There is no {name}. The worker wrote: {Host.Log}");
            }
        }
    }

    /// <summary>The status of a segmentation, once it has ended.</summary>
    internal Task<JsonElement> EndAsync(string id) =>
        WaitForAsync(id, status => status.GetProperty("state").GetString() is "succeeded" or "failed" or "cancelled");

    /// <summary>The status of a segmentation, once it is as wanted.</summary>
    internal async Task<JsonElement> WaitForAsync(string id, Func<JsonElement, bool> isWanted)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            using HttpResponseMessage response = await Client.GetAsync($"api/segmentations/{id}");
            if (response.IsSuccessStatusCode)
            {
                JsonElement status = await response.Content.ReadFromJsonAsync<JsonElement>();
                if (isWanted(status))
                    return status;
            }

            if (limit.IsCancellationRequested)
                throw new TimeoutException($"{id} did not get there. The worker wrote: {Host.Log}");
            await Task.Delay(100);
        }
    }

    // A worker gives a call up whose request takes over five seconds to reach it, as the first one may on a busy machine.
    private async Task WarmUpAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            using HttpResponseMessage answer = await Client.GetAsync("api/health/live", limit.Token);
            if (answer.IsSuccessStatusCode)
                return;
            await Task.Delay(100, limit.Token);
        }
    }

    private BlobContainerClient Container(string name) => new(ConnectionString, name);
}
