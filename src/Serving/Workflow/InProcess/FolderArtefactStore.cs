using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving.Workflow.InProcess;

/// <summary>
/// Artefacts as files below a folder. What callers sent lies on the disk when it was put; what is made of it, results
/// too, can be made again, and may be lost with the power.
/// </summary>
internal sealed class FolderArtefactStore : IArtefactStore
{
    private static readonly string[] Sent = ["images/", "requests/"];

    // How long after a use another one is not noted: noting it costs a write.
    private static readonly TimeSpan Freshness = TimeSpan.FromHours(1);

    private readonly string _folder;
    private readonly IDisk _disk;
    private readonly WholeFiles _files;
    private readonly Lock _purging = new();

    /// <param name="folder">The folder; made when it is missing.</param>
    public FolderArtefactStore(string folder)
        : this(folder, Disk.Instance)
    {
    }

    internal FolderArtefactStore(string folder, IDisk disk)
    {
        _folder = Path.GetFullPath(folder);
        _disk = disk;
        _files = new WholeFiles(disk);
    }

    /// <inheritdoc/>
    public bool HoldsWhatIsStaged => false;

    /// <inheritdoc/>
    public Task<ArtefactReference?> FindAsync(ArtefactKey key, CancellationToken cancellation)
    {
        var file = new FileInfo(PathOf(key));
        lock (_purging)
        {
            if (!file.Exists)
                return Task.FromResult<ArtefactReference?>(null);
            Touch(file);
            return Task.FromResult<ArtefactReference?>(new ArtefactReference(key.Value, file.Length));
        }
    }

    /// <inheritdoc/>
    public Task<ArtefactReference> PutAsync(
        ArtefactKey key, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            // Nothing of this store is a folder.
            _disk.DeleteFolder(PathOf(key));
            _files.Write(PathOf(key), IsKept(key.Value), content);
        }
        catch (Exception failure) when (DiskFailure.IsOne(failure))
        {
            throw Failed(key.Value, "it cannot be stored", "Make room for it", failure);
        }

        return Task.FromResult(ArtefactReference.Of(key, content.Span));
    }

    /// <inheritdoc/>
    public async Task<IStagedArtefact> StageAsync(string folder, Stream content, CancellationToken cancellation)
    {
        string place = Path.Combine(_folder, folder);
        try
        {
            _files.MakeFolder(place, IsKept(folder + "/"));
        }
        catch (Exception failure) when (DiskFailure.IsOne(failure))
        {
            throw Failed(folder, "it cannot be stored", "Make room for it", failure);
        }

        var staged = new StagedFile(_disk, place, folder);
        try
        {
            await staged.ReceiveAsync(content, cancellation);
            return staged;
        }
        catch
        {
            await staged.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<byte[]> GetAsync(ArtefactKey key, CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAllBytesAsync(PathOf(key), cancellation);
        }
        catch (Exception failure) when (DiskFailure.IsOne(failure))
        {
            throw Failed(key.Value, "it cannot be read", "Run the segmentation again", failure);
        }
    }

    /// <inheritdoc/>
    public Task DeleteAsync(ArtefactKey key, CancellationToken cancellation)
    {
        try
        {
            _disk.Delete(PathOf(key));
            return Task.CompletedTask;
        }
        catch (Exception failure) when (DiskFailure.IsOne(failure))
        {
            throw Failed(key.Value, "it cannot be removed", "Try again later", failure);
        }
    }

    /// <summary>
    /// Removes what nobody has used since a moment, and what a dead process left half written before it.
    /// </summary>
    /// <param name="before">The moment, UTC.</param>
    /// <param name="keep">Keys that stay however old they are.</param>
    internal void Purge(DateTime before, IReadOnlySet<string> keep)
    {
        if (!Directory.Exists(_folder))
            return;
        foreach (FileInfo file in new DirectoryInfo(_folder).EnumerateDirectories().SelectMany(
            kind => kind.EnumerateFiles("*", SearchOption.AllDirectories)))
        {
            if (!keep.Contains(Path.GetRelativePath(_folder, file.FullName).Replace('\\', '/')))
                PurgeIfOld(file, before);
        }
    }

    // Between the listing and now somebody may have found it, and relies on it.
    private void PurgeIfOld(FileInfo file, DateTime before)
    {
        lock (_purging)
        {
            file.Refresh();
            if (file.Exists && file.LastWriteTimeUtc < before)
                _disk.Delete(file.FullName);
        }
    }

    private static void Touch(FileInfo file)
    {
        DateTime now = DateTime.UtcNow;
        if (now - file.LastWriteTimeUtc < Freshness)
            return;
        try
        {
            File.SetLastWriteTimeUtc(file.FullName, now);
        }
        catch (Exception failure) when (DiskFailure.IsOne(failure))
        {
            // It is as old as it was; nothing worse.
        }
    }

    private static bool IsKept(string key) => Sent.Any(folder => key.StartsWith(folder, StringComparison.Ordinal));

    private static SegmentationProblemException Failed(string where, string found, string remedy, Exception failure) =>
        SegmentationProblem.Storage(where, $"{found} ({DiskFailure.Words(failure)})", remedy, failure);

    private string PathOf(ArtefactKey key) => Path.Combine(_folder, key.Value);
}
