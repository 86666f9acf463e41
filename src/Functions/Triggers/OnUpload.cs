using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using FrozenSeg.Functions.Manifests;
using FrozenSeg.Functions.Orchestrations;
using FrozenSeg.Functions.Storage;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace FrozenSeg.Functions.Triggers;

/// <summary>
/// A picture was uploaded: it becomes a segmentation. <c>NAME.json</c> beside it are its options, so options are uploaded
/// first; <c>NAME.jsonl</c> is a manifest.
/// </summary>
/// <param name="service">The image storage account.</param>
/// <param name="intake">Turns requests into jobs.</param>
/// <param name="log">The log.</param>
public sealed class OnUpload(BlobServiceClient service, JobIntake intake, ILogger<OnUpload> log)
{
    private const string SidecarExtension = ".json", ManifestExtension = ".jsonl";

    /// <summary>Starts the segmentation, once for each version of a blob and its options.</summary>
    [Function(nameof(OnUpload))]
    public async Task RunAsync(
        [BlobTrigger(Containers.Uploads + "/{name}", Source = BlobTriggerSource.EventGrid, Connection = Containers.Connection)]
        BlobClient blob,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        if (blob.Name.EndsWith(SidecarExtension, StringComparison.OrdinalIgnoreCase))
            return;
        BlobProperties upload;
        try
        {
            upload = await blob.GetPropertiesAsync(cancellationToken: cancellation);
        }
        catch (RequestFailedException failure) when (failure.IsMissing())
        {
            return; // Removed before its event came.
        }

        var address = new BlobAddress(Containers.Uploads, blob.Name, upload.ETag.ToString());
        var runner = new DurableSegmentationRunner(client);
        if (blob.Name.EndsWith(ManifestExtension, StringComparison.OrdinalIgnoreCase))
        {
            string id = SegmentationIds.Of('m', address.Name, address.ETag!);
            Log.Begun(log, await runner.TryStartAsync(new ManifestState(id, address), cancellation), blob.Name, id);
        }
        else
        {
            byte[]? sidecar = await SidecarAsync(blob.Name, cancellation);
            SegmentationStart start = await StartAsync(address, upload, sidecar, cancellation);
            Log.Begun(log, await runner.TryStartAsync(start, cancellation), blob.Name, start.Job.Id);
        }
    }

    private async Task<SegmentationStart> StartAsync(
        BlobAddress address, BlobProperties upload, byte[]? sidecar, CancellationToken cancellation)
    {
        string options = sidecar is null
            ? string.Join('\n', upload.Metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}={entry.Value}"))
            : Convert.ToHexString(sidecar);
        string id = SegmentationIds.Of('u', address.Name, address.ETag!, options);
        var image = new ImageSource { Blob = address, Name = Path.GetFileName(address.Name) };
        var request = new SegmentationRequest { Image = image };
        try
        {
            SegmentationRequest wanted = sidecar is null
                ? UploadOptions.FromMetadata(upload.Metadata, address.Name)
                : UploadOptions.FromSidecar(sidecar, address.Name + SidecarExtension);
            request = wanted with { Image = image };
            return SegmentationStart.Of(await intake.AcceptAsync(id, request, cancellation), address.Name);
        }
        catch (SegmentationProblemException failure) when (JobIntake.IsFinal(failure))
        {
            Log.Rejected(log, address.Name, failure.Message);
            return await intake.RejectAsync(id, request, failure.Problems, address.Name, cancellation);
        }
    }

    private async Task<byte[]?> SidecarAsync(string name, CancellationToken cancellation)
    {
        try
        {
            BlobDownloadResult sidecar = await service.GetBlobContainerClient(Containers.Uploads)
                .GetBlobClient(name + SidecarExtension).DownloadContentAsync(cancellation);
            return sidecar.Content.ToArray();
        }
        catch (RequestFailedException failure) when (failure.IsMissing())
        {
            return null;
        }
    }
}
