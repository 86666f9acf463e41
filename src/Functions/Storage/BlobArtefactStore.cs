using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using FrozenSeg.Shared.Artefacts;

namespace FrozenSeg.Functions.Storage;

/// <summary>
/// Artefacts as blobs: keys that begin with <c>results/</c> in the container of that name, everything else among the
/// artefacts. A blob is put in one request, so that it appears whole and raises one event.
/// </summary>
/// <param name="service">The image storage account.</param>
internal sealed class BlobArtefactStore(BlobServiceClient service) : IArtefactStore
{
    private const string ResultsFolder = Containers.Results + "/";

    // How long after a use another one is not noted.
    private static readonly TimeSpan Freshness = TimeSpan.FromDays(1);

    // One request takes up to 5,000 MiB; the client would otherwise cut from 256 MiB on.
    private static readonly Azure.Storage.StorageTransferOptions OneRequest = new() { InitialTransferSize = 1L << 31 };

    public Task<ArtefactReference?> FindAsync(ArtefactKey key, CancellationToken cancellation) =>
        BlobFailures.AskAsync(key.Value, async () =>
        {
            try
            {
                BlobProperties found = await Open(key).GetPropertiesAsync(cancellationToken: cancellation);
                // What is used is not old: it goes when nobody has used it for as long as things are kept.
                if (DateTimeOffset.UtcNow - found.LastModified > Freshness)
                    await Open(key).SetMetadataAsync(found.Metadata, cancellationToken: cancellation);
                return new ArtefactReference(key.Value, found.ContentLength);
            }
            catch (RequestFailedException failure) when (failure.IsMissing())
            {
                return (ArtefactReference?)null;
            }
        });

    public Task<ArtefactReference> PutAsync(
        ArtefactKey key, ReadOnlyMemory<byte> content, CancellationToken cancellation) =>
        BlobFailures.AskAsync(key.Value, async () =>
        {
            try
            {
                await UploadAsync(Open(key), content, cancellation);
            }
            catch (RequestFailedException failure) when (failure.ErrorCode == BlobErrorCode.ContainerNotFound)
            {
                await service.GetBlobContainerClient(Place(key).Container)
                    .CreateIfNotExistsAsync(cancellationToken: cancellation);
                await UploadAsync(Open(key), content, cancellation);
            }

            return ArtefactReference.Of(key, content.Span);
        });

    public Task<byte[]> GetAsync(ArtefactKey key, CancellationToken cancellation) =>
        BlobFailures.AskAsync(key.Value, async () =>
        {
            BlobDownloadResult content = await Open(key).DownloadContentAsync(cancellation);
            return content.Content.ToArray();
        });

    public Task DeleteAsync(ArtefactKey key, CancellationToken cancellation) =>
        BlobFailures.AskAsync(key.Value, () => Open(key).DeleteIfExistsAsync(cancellationToken: cancellation));

    private static Task<Response<BlobContentInfo>> UploadAsync(
        BlobClient blob, ReadOnlyMemory<byte> content, CancellationToken cancellation) => blob.UploadAsync(
            BinaryData.FromBytes(content).ToStream(),
            new BlobUploadOptions
            {
                HttpHeaders = new BlobHttpHeaders { ContentType = ContentTypes.Of(blob.Name) },
                TransferOptions = OneRequest,
            },
            cancellation);

    private BlobClient Open(ArtefactKey key)
    {
        (string container, string name) = Place(key);
        return service.GetBlobContainerClient(container).GetBlobClient(name);
    }

    private static (string Container, string Name) Place(ArtefactKey key) =>
        key.Value.StartsWith(ResultsFolder, StringComparison.Ordinal)
            ? (Containers.Results, key.Value[ResultsFolder.Length..])
            : (Containers.Artefacts, key.Value);
}
