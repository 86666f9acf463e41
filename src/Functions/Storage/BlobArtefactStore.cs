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

    // One request takes up to 5,000 MiB; the client would otherwise cut from 256 MiB on.
    private static readonly Azure.Storage.StorageTransferOptions OneRequest = new() { InitialTransferSize = 1L << 31 };

    public async Task<ArtefactReference?> FindAsync(ArtefactKey key, CancellationToken cancellation)
    {
        try
        {
            BlobProperties found = await Open(key).GetPropertiesAsync(cancellationToken: cancellation);
            return new ArtefactReference(key.Value, found.ContentLength);
        }
        catch (RequestFailedException failure) when (failure.IsMissing())
        {
            return null;
        }
        catch (Exception failure) when (failure.IsOfStorage())
        {
            throw failure.ToProblem(key.Value);
        }
    }

    public async Task<ArtefactReference> PutAsync(ArtefactKey key, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        try
        {
            await UploadAsync(Open(key), content, cancellation);
        }
        catch (RequestFailedException failure) when (failure.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            await CreateContainerAsync(key, cancellation);
            await UploadAsync(Open(key), content, cancellation);
        }
        catch (Exception failure) when (failure.IsOfStorage())
        {
            throw failure.ToProblem(key.Value);
        }

        return new ArtefactReference(key.Value, content.Length);
    }

    public async Task<byte[]> GetAsync(ArtefactKey key, CancellationToken cancellation)
    {
        try
        {
            BlobDownloadResult content = await Open(key).DownloadContentAsync(cancellation);
            return content.Content.ToArray();
        }
        catch (Exception failure) when (failure.IsOfStorage())
        {
            throw failure.ToProblem(key.Value);
        }
    }

    public async Task DeleteAsync(ArtefactKey key, CancellationToken cancellation)
    {
        try
        {
            await Open(key).DeleteIfExistsAsync(cancellationToken: cancellation);
        }
        catch (Exception failure) when (failure.IsOfStorage())
        {
            throw failure.ToProblem(key.Value);
        }
    }

    private static Task<Response<BlobContentInfo>> UploadAsync(BlobClient blob, ReadOnlyMemory<byte> content, CancellationToken cancellation) => blob.UploadAsync(
        BinaryData.FromBytes(content).ToStream(),
        new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = ContentTypes.Of(blob.Name) },
            TransferOptions = OneRequest,
        },
        cancellation);

    private async Task CreateContainerAsync(ArtefactKey key, CancellationToken cancellation)
    {
        try
        {
            await service.GetBlobContainerClient(Place(key).Container).CreateIfNotExistsAsync(cancellationToken: cancellation);
        }
        catch (Exception failure) when (failure.IsOfStorage())
        {
            throw failure.ToProblem(key.Value);
        }
    }

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
