using Azure.Storage.Blobs;
using FrozenSeg.Functions.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FrozenSeg.Functions.Triggers;

/// <summary>
/// A picture or a manifest was uploaded. Event Grid says so: to the host, which starts <see cref="OnUpload"/>; or, in a
/// private network that it cannot call into, to a queue, which starts <see cref="OnUploadEvent"/>.
/// </summary>
/// <param name="intake">Turns uploads into segmentations.</param>
internal sealed class OnUpload(UploadIntake intake)
{
    /// <summary>Starts what the upload asks for.</summary>
    [Function(nameof(OnUpload))]
    public Task RunAsync(
        [BlobTrigger(
            Containers.Uploads + "/{name}", Source = BlobTriggerSource.EventGrid, Connection = Containers.Connection)]
        BlobClient blob,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => intake.AcceptAsync(blob.Name, client, cancellation);
}
