using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving.Workflow.InProcess;

/// <summary>Artefacts as files below a folder.</summary>
/// <param name="folder">The folder; made when it is missing.</param>
public sealed class FolderArtefactStore(string folder) : IArtefactStore
{
    private readonly string _folder = Path.GetFullPath(folder);

    /// <inheritdoc/>
    public Task<ArtefactReference?> FindAsync(ArtefactKey key, CancellationToken cancellation)
    {
        var file = new FileInfo(PathOf(key));
        return Task.FromResult(file.Exists ? new ArtefactReference(key.Value, file.Length) : null);
    }

    /// <inheritdoc/>
    public Task<ArtefactReference> PutAsync(ArtefactKey key, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        AtomicFile.Write(PathOf(key), stream => stream.Write(content.Span));
        return Task.FromResult(new ArtefactReference(key.Value, content.Length));
    }

    /// <inheritdoc/>
    public async Task<byte[]> GetAsync(ArtefactKey key, CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAllBytesAsync(PathOf(key), cancellation);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SegmentationProblem(
                ProblemKind.Storage, key.Value, $"the artefact cannot be read ({failure.Message})", "Run the segmentation again")
                .ToException(failure);
        }
    }

    /// <inheritdoc/>
    public Task DeleteAsync(ArtefactKey key, CancellationToken cancellation)
    {
        try
        {
            File.Delete(PathOf(key));
            return Task.CompletedTask;
        }
        catch (DirectoryNotFoundException)
        {
            return Task.CompletedTask;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SegmentationProblem(
                ProblemKind.Storage, key.Value, $"the artefact cannot be removed ({failure.Message})", "Try again later")
                .ToException(failure);
        }
    }

    private string PathOf(ArtefactKey key) => Path.Combine(_folder, key.Value);
}
