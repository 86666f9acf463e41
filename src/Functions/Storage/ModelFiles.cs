using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace FrozenSeg.Functions.Storage;

/// <summary>Copies weight files from storage to the replica's own disk, where they can be mapped.</summary>
internal static class ModelFiles
{
    /// <summary>Copies every file that is not there yet with the same length.</summary>
    /// <param name="container">Where the files are.</param>
    /// <param name="folder">Where they go; made when it is missing.</param>
    /// <param name="cancellation">Stops the copy.</param>
    public static async Task CopyAsync(BlobContainerClient container, string folder, CancellationToken cancellation)
    {
        string root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        await foreach (BlobItem blob in container.GetBlobsAsync(cancellationToken: cancellation))
        {
            string path = Path.GetFullPath(Path.Combine(root, blob.Name));
            bool isThere = new FileInfo(path) is { Exists: true } known
                && known.Length == blob.Properties.ContentLength;
            if (isThere || !path.StartsWith(root, StringComparison.Ordinal))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            string part = path + ".part";
            await container.GetBlobClient(blob.Name).DownloadToAsync(part, cancellation);
            File.Move(part, path, overwrite: true);
        }
    }
}
