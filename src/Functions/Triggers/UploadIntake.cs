using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using FrozenSeg.Functions.Manifests;
using FrozenSeg.Functions.Orchestrations;
using FrozenSeg.Functions.Storage;
using FrozenSeg.Serving.Http;
using FrozenSeg.Serving.Workflow;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace FrozenSeg.Functions.Triggers;

/// <summary>
/// Turns uploads into segmentations, once for each version of a blob and its options. <c>NAME.json</c> beside a picture
/// are its options; <c>NAME.jsonl</c> is a manifest.
/// </summary>
/// <param name="service">The image storage account.</param>
/// <param name="intake">Turns requests into jobs.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
internal sealed class UploadIntake(
    BlobServiceClient service, JobIntake intake, TimeProvider time, ILogger<UploadIntake> log)
{
    private const string SidecarExtension = ".json", ManifestExtension = ".jsonl";

    // As much as the HTTP API takes.
    private static readonly int LongestSidecar = new ApiOptions().MaxOptionsBytes;

    private readonly Patience _patience = new(RetryOptions.Default, time);

    /// <summary>
    /// Starts what an upload asks for. A blob that is gone, and options by themselves, start nothing.
    /// </summary>
    /// <param name="name">The blob in the container of uploads.</param>
    /// <param name="client">The task hub.</param>
    /// <param name="cancellation">Stops the work.</param>
    public Task AcceptAsync(string name, DurableTaskClient client, CancellationToken cancellation) =>
        name.EndsWith(SidecarExtension, StringComparison.OrdinalIgnoreCase)
            ? Task.CompletedTask
            : _patience.RunAsync(
                () => BeginAsync(name, new DurableSegmentationRunner(client), cancellation), cancellation);

    private async Task BeginAsync(string name, DurableSegmentationRunner runner, CancellationToken cancellation)
    {
        if (await PropertiesAsync(name, cancellation) is not BlobProperties upload)
            return;
        var address = new BlobAddress(Containers.Uploads, name, upload.ETag.ToString());
        if (name.EndsWith(ManifestExtension, StringComparison.OrdinalIgnoreCase))
        {
            string id = SegmentationIds.Of('m', name, address.ETag!);
            var manifest = new ManifestState(id, address) { Upload = name, Accepted = time.GetUtcNow() };
            Log.Begun(log, await runner.TryStartAsync(manifest, cancellation), name, id);
        }
        else
        {
            Sidecar? sidecar = await SidecarAsync(name, cancellation);
            SegmentationStart start = await StartAsync(address, upload, sidecar, cancellation);
            start = start with { Upload = name, Accepted = time.GetUtcNow() };
            Log.Begun(log, await runner.TryStartAsync(start, cancellation), name, start.Job.Id);
        }
    }

    private async Task<SegmentationStart> StartAsync(
        BlobAddress address, BlobProperties upload, Sidecar? sidecar, CancellationToken cancellation)
    {
        string options = sidecar?.Version
            ?? string.Join('\n', upload.Metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(
                entry => $"{entry.Key}={entry.Value}"));
        string id = SegmentationIds.Of('u', address.Name, address.ETag!, options);
        var image = new ImageSource { Blob = address, Name = Path.GetFileName(address.Name) };
        var request = new SegmentationRequest { Image = image };
        try
        {
            SegmentationRequest wanted = sidecar is null
                ? UploadOptions.FromMetadata(upload.Metadata, address.Name)
                : UploadOptions.FromSidecar(
                    sidecar.Content ?? throw TooLong(address.Name), address.Name + SidecarExtension);
            request = wanted with { Image = image };
            return SegmentationStart.Of(await intake.AcceptAsync(id, request, cancellation));
        }
        catch (SegmentationProblemException failure) when (JobIntake.IsFinal(failure))
        {
            Log.Rejected(log, address.Name, failure.Message);
            return await intake.RejectAsync(id, request, failure.Problems, cancellation);
        }
    }

    // Null: it was removed before its event came.
    private async Task<BlobProperties?> PropertiesAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return await Open(name).GetPropertiesAsync(cancellationToken: cancellation);
        }
        catch (RequestFailedException failure) when (failure.IsMissing())
        {
            return null;
        }
    }

    private async Task<Sidecar?> SidecarAsync(string name, CancellationToken cancellation)
    {
        try
        {
            using BlobDownloadStreamingResult found = await Open(name + SidecarExtension)
                .DownloadStreamingAsync(cancellationToken: cancellation);
            if (found.Details.ContentLength > LongestSidecar)
                return new Sidecar(found.Details.ETag.ToString(), null);
            byte[] content = new byte[found.Details.ContentLength];
            await found.Content.ReadExactlyAsync(content, cancellation);
            return new Sidecar(Convert.ToHexString(content), content);
        }
        catch (RequestFailedException failure) when (failure.IsMissing())
        {
            return null;
        }
    }

    private BlobClient Open(string name) => service.GetBlobContainerClient(Containers.Uploads).GetBlobClient(name);

    private static SegmentationProblemException TooLong(string name) => SegmentationProblem.InvalidRequest(
        name + SidecarExtension, $"it has more than {LongestSidecar:N0} bytes", "Shorten it");
}
