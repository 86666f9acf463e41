using System.Collections.Concurrent;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;

namespace FrozenSeg.Functions.Tests.Host;

/// <summary>
/// Looks for new blobs and starts the functions that wait for them, once for each version of a blob; a function that
/// keeps failing is called five times on end, since the blob trigger's queue has no visibility timeout, and leaves a
/// message on the poison queue.
/// </summary>
/// <param name="host">The host whose functions are started.</param>
/// <param name="connectionString">The storage account.</param>
internal sealed class BlobPoller(FunctionsTestHost host, string connectionString)
{
    /// <summary>Where blobs end that no attempt could handle.</summary>
    public const string PoisonQueue = "webjobs-blobtrigger-poison";

    /// <summary>Blobs whose events come by another way than this one.</summary>
    public const string Unseen = "unseen/";

    private const int MaxAttempts = 5;

    private readonly BlobServiceClient _service = new(connectionString);
    private readonly ConcurrentDictionary<string, bool> _seen = [];

    /// <summary>Polls until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            foreach (WorkerFunction function in host.FunctionsWith("blobTrigger"))
                await LookAsync(function, cancellation);
            await Task.Delay(50, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LookAsync(WorkerFunction function, CancellationToken cancellation)
    {
        string container = function.TriggerText("path")!.Split('/')[0];
        try
        {
            await foreach (BlobItem blob in _service.GetBlobContainerClient(container).GetBlobsAsync(
                cancellationToken: cancellation))
            {
                if (!blob.Name.StartsWith(Unseen, StringComparison.Ordinal)
                    && _seen.TryAdd($"{function.Name}/{blob.Name}/{blob.Properties.ETag}", true))
                    _ = StartAsync(function, container, blob, cancellation);
            }
        }
        catch (Exception exception) when (
            exception is RequestFailedException or OperationCanceledException or AggregateException)
        {
            // There is no such container yet, or the host is closing.
        }
    }

    private async Task StartAsync(
        WorkerFunction function, string container, BlobItem blob, CancellationToken cancellation)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await host.RaiseBlobEventAsync(function, container, blob.Name, cancellation);
                return;
            }
            catch (Exception exception) when (
                exception is InvocationFailedException or IOException && !cancellation.IsCancellationRequested)
            {
                if (attempt == MaxAttempts)
                {
                    await PoisonAsync(function, container, blob);
                    return;
                }
            }
        }
    }

    private async Task PoisonAsync(WorkerFunction function, string container, BlobItem blob)
    {
        var queue = new QueueClient(
            connectionString, PoisonQueue, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await queue.CreateIfNotExistsAsync();
        await queue.SendMessageAsync(JsonSerializer.Serialize(new
        {
            Type = "BlobTrigger",
            FunctionId = "Host.Functions." + function.Name,
            BlobType = "BlockBlob",
            ContainerName = container,
            BlobName = blob.Name,
            ETag = blob.Properties.ETag.ToString(),
        }));
    }
}
