using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Serving.Fetching;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Functions.Storage;

/// <summary>
/// Fetches pictures that are named as blobs: from the container of uploads and no other, since callers must not read
/// what is not theirs through the service. Addresses are somebody else's work.
/// </summary>
/// <param name="service">The image storage account.</param>
/// <param name="limits">What a picture may cost.</param>
/// <param name="addresses">Fetches from addresses; null when the service does not.</param>
internal sealed class BlobPictureFetcher(BlobServiceClient service, ImageLimits limits, IPictureFetcher? addresses)
    : IPictureFetcher
{
    public Task<FetchedPicture> FetchAsync(ImageSource source, CancellationToken cancellation)
    {
        if (source.Blob is BlobAddress blob)
            return FetchAsync(blob, cancellation);
        return addresses?.FetchAsync(source, cancellation) ?? throw SegmentationProblem.InvalidImage(
            "image", "this service fetches no pictures from addresses", "Send the picture itself, or upload it");
    }

    private async Task<FetchedPicture> FetchAsync(BlobAddress address, CancellationToken cancellation)
    {
        if (address.Container != Containers.Uploads)
            throw SegmentationProblem.InvalidImage(
                "image.blob",
                $"the service reads no blobs from '{address.Container}'",
                $"Use the container '{Containers.Uploads}'");
        try
        {
            BlobClient blob = service.GetBlobContainerClient(address.Container).GetBlobClient(address.Name);
            BlobProperties found = await blob.GetPropertiesAsync(cancellationToken: cancellation);
            limits.CheckLength(found.ContentLength, address.Name);
            BlobDownloadResult content = await blob.DownloadContentAsync(Version(address), cancellation);
            return new FetchedPicture(Path.GetFileName(address.Name), content.Content.ToArray());
        }
        catch (RequestFailedException failure) when (failure.IsMissing())
        {
            throw SegmentationProblem.InvalidImage(
                address.Name, "there is no such upload any more", "Upload it again", failure);
        }
        catch (RequestFailedException failure) when (failure.Status == 412)
        {
            throw SegmentationProblem.InvalidImage(
                address.Name,
                "the upload was replaced by another",
                "Look at the segmentation of the newer one",
                failure);
        }
        catch (Exception failure) when (failure.IsOfStorage())
        {
            throw failure.ToProblem(address.Name);
        }
    }

    private static BlobDownloadOptions Version(BlobAddress address) => new()
    {
        Conditions = address.ETag is null ? null : new BlobRequestConditions { IfMatch = new ETag(address.ETag) },
    };
}
