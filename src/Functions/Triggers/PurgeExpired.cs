using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using FrozenSeg.Functions.Options;
using FrozenSeg.Functions.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FrozenSeg.Functions.Triggers;

/// <summary>Removes, every night, what has been kept long enough: instances that have ended, results, working data.</summary>
/// <param name="service">The image storage account.</param>
/// <param name="options">Settings of the app.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
public sealed class PurgeExpired(
    BlobServiceClient service, IOptions<ServiceOptions> options, TimeProvider time, ILogger<PurgeExpired> log)
{
    private static readonly OrchestrationRuntimeStatus[] Ended =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    /// <summary>Removes it.</summary>
    [Function(nameof(PurgeExpired))]
    public async Task RunAsync(
        [TimerTrigger("0 30 3 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        DateTimeOffset cutoff = time.GetUtcNow() - TimeSpan.FromDays(options.Value.RetentionDays);
        PurgeResult purged = await client.PurgeAllInstancesAsync(new PurgeInstancesFilter(DateTimeOffset.UnixEpoch, cutoff, Ended), cancellation);
        int blobs = 0;
        foreach (string container in (string[])[Containers.Uploads, Containers.Results, Containers.Artefacts])
            blobs += await RemoveAsync(service.GetBlobContainerClient(container), cutoff, cancellation);
        Log.Purged(log, purged.PurgedInstanceCount, blobs, cutoff);
    }

    private static async Task<int> RemoveAsync(BlobContainerClient container, DateTimeOffset cutoff, CancellationToken cancellation)
    {
        int removed = 0;
        try
        {
            await foreach (BlobItem blob in container.GetBlobsAsync(cancellationToken: cancellation))
            {
                if (blob.Properties.LastModified < cutoff && await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellation))
                    removed++;
            }
        }
        catch (RequestFailedException failure) when (failure.IsMissing())
        {
            // The container was never made.
        }

        return removed;
    }
}
