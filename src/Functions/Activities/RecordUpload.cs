using Azure.Storage.Blobs;
using FrozenSeg.Functions.Storage;
using FrozenSeg.Serving.Workflow;
using Microsoft.Azure.Functions.Worker;

namespace FrozenSeg.Functions.Activities;

/// <summary>
/// Leaves word of how an upload ended where its owner looks for it: <c>results/uploads/NAME.json</c>, with the id, the
/// files and the problems.
/// </summary>
/// <param name="service">The image storage account.</param>
internal sealed class RecordUpload(BlobServiceClient service)
{
    /// <summary>Name of the activity.</summary>
    public const string Name = nameof(RecordUpload);

    /// <summary>Writes the record; writing it twice is writing it once.</summary>
    [Function(Name)]
    public async Task RunAsync([ActivityTrigger] UploadRecord record, CancellationToken cancellation)
    {
        BlobContainerClient results = service.GetBlobContainerClient(Containers.Results);
        await results.CreateIfNotExistsAsync(cancellationToken: cancellation);
        await results.GetBlobClient($"uploads/{record.Upload}.json").UploadAsync(
            BinaryData.FromBytes(WorkflowJsonContext.Write(record.Status)), overwrite: true, cancellation);
    }
}
