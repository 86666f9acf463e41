using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using FrozenSeg.Functions.Options;
using FrozenSeg.Functions.Storage;
using FrozenSeg.Shared.Artefacts;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FrozenSeg.Functions.Triggers;

/// <summary>
/// Removes, every night, what has been kept long enough since it ended: instances, results, working data. What an
/// instance that has not ended names stays, however old it is.
/// </summary>
/// <param name="service">The image storage account.</param>
/// <param name="store">Where artefacts lie.</param>
/// <param name="options">Settings of the app.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
internal sealed class PurgeExpired(
    BlobServiceClient service,
    IArtefactStore store,
    IOptions<ServiceOptions> options,
    TimeProvider time,
    ILogger<PurgeExpired> log)
{
    private static readonly OrchestrationRuntimeStatus[] Ended =
    [
        OrchestrationRuntimeStatus.Completed,
        OrchestrationRuntimeStatus.Failed,
        OrchestrationRuntimeStatus.Terminated,
    ];

    private static readonly OrchestrationRuntimeStatus[] AtWork =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    /// <summary>Removes it.</summary>
    [Function(nameof(PurgeExpired))]
    public async Task RunAsync(
        [TimerTrigger("0 30 3 * * *")] TimerInfo timer,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        DateTimeOffset cutoff = time.GetUtcNow() - TimeSpan.FromDays(options.Value.RetentionDays);
        var kept = new KeptBlobs(store);
        int instances = await RemoveInstancesAsync(client, cutoff, kept, cancellation);
        var unfinished = new OrchestrationQuery { Statuses = AtWork, FetchInputsAndOutputs = true };
        await foreach (OrchestrationMetadata instance in client.GetAllInstancesAsync(unfinished).WithCancellation(
            cancellation))
            await kept.KeepAsync(instance, cancellation);

        int blobs = 0;
        foreach (string container in (string[])[Containers.Uploads, Containers.Results, Containers.Artefacts])
            blobs += await RemoveAsync(service.GetBlobContainerClient(container), cutoff, kept, cancellation);
        Log.Purged(log, instances, blobs, cutoff);
    }

    // The task hub removes by the time of the start; an instance that took long would go as soon as it has ended.
    private static async Task<int> RemoveInstancesAsync(
        DurableTaskClient client, DateTimeOffset cutoff, KeptBlobs kept, CancellationToken cancellation)
    {
        int removed = 0;
        var old = new OrchestrationQuery { Statuses = Ended, CreatedTo = cutoff };
        await foreach (OrchestrationMetadata instance in client.GetAllInstancesAsync(old).WithCancellation(
            cancellation))
        {
            if (instance.LastUpdatedAt >= cutoff)
                kept.KeepResults(instance.InstanceId);
            else
                removed += (await client.PurgeInstanceAsync(instance.InstanceId, cancellation)).PurgedInstanceCount;
        }

        return removed;
    }

    private static async Task<int> RemoveAsync(
        BlobContainerClient container, DateTimeOffset cutoff, KeptBlobs kept, CancellationToken cancellation)
    {
        int removed = 0;
        try
        {
            await foreach (BlobItem blob in container.GetBlobsAsync(cancellationToken: cancellation))
            {
                if (blob.Properties.LastModified < cutoff && !kept.Contains(container.Name, blob.Name)
                    && await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellation))
                {
                    removed++;
                }
            }
        }
        catch (RequestFailedException failure) when (failure.IsMissing())
        {
            // The container was never made.
        }

        return removed;
    }
}
