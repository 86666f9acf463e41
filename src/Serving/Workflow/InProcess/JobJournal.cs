using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving.Workflow.InProcess;

/// <summary>
/// What was accepted and how it ended, as two small files a segmentation: <c>job.json</c> from the moment it is
/// accepted, <c>status.json</c> from the moment it has ended. A job without a status is done again after a restart, and
/// so is one whose status cannot be read. Nothing that lies in the folder can stop anybody from reading the rest.
/// </summary>
internal sealed class JobJournal
{
    private const string JobName = "job.json", StatusName = "status.json";

    private readonly string _folder;
    private readonly IDisk _disk;
    private readonly WholeFiles _files;

    /// <param name="folder">The folder; made when it is missing.</param>
    /// <param name="disk">The disk it lies on.</param>
    public JobJournal(string folder, IDisk disk)
    {
        _folder = Path.GetFullPath(folder);
        _disk = disk;
        _files = new WholeFiles(disk);
    }

    /// <summary>Every folder that has the name of a segmentation.</summary>
    public IEnumerable<string> ListIds() => !Directory.Exists(_folder)
        ? []
        : Directory.EnumerateDirectories(_folder).Select(path => Path.GetFileName(path)!).Where(SegmentationId.IsValid);

    /// <summary>The latest segmentations that have ended, the latest first.</summary>
    public IEnumerable<SegmentationStatus> Latest() => ListIds()
        .Select(id => (Id: id, File: new FileInfo(PathOf(id, StatusName))))
        .Where(entry => entry.File.Exists)
        .OrderByDescending(entry => entry.File.LastWriteTimeUtc)
        .Select(entry => Find(entry.Id)?.Ended)
        .OfType<SegmentationStatus>();

    /// <summary>Notes a job.</summary>
    /// <exception cref="SegmentationProblemException">The folder cannot be written.</exception>
    public void Accept(SegmentationJob job, DateTimeOffset now) =>
        Write(job.Id, JobName, isKept: true, SealedDocument.Write(new AcceptedJob(job, now)));

    /// <summary>Notes the end of a job. If that is lost, the job is done again.</summary>
    /// <exception cref="SegmentationProblemException">The folder cannot be written.</exception>
    public void End(SegmentationStatus status) =>
        Write(status.Id, StatusName, isKept: false, SealedDocument.Write(status));

    /// <summary>What is known of a segmentation; null when there is no entry.</summary>
    public JournalEntry? Find(string id)
    {
        var damage = new List<string>();
        if (Read<SegmentationStatus>(id, StatusName, status => status.IsEndOf(id), damage) is SegmentationStatus status)
            return new JournalEntry(status, null, null);
        if (Read<AcceptedJob>(id, JobName, job => job.IsOf(id), damage) is AcceptedJob job)
            return new JournalEntry(null, job, null);
        return damage.Count == 0 ? null : new JournalEntry(null, null, string.Join("; ", damage));
    }

    /// <summary>The job of a segmentation, whether it has ended or not; null when nobody can read it.</summary>
    public AcceptedJob? FindJob(string id) => Read<AcceptedJob>(id, JobName, job => job.IsOf(id), []);

    /// <summary>Whether somebody has noted how a segmentation ended; not whether that can be read.</summary>
    public bool HasEnd(string id) => new FileInfo(PathOf(id, StatusName)) is { Exists: true, Length: > 0 };

    /// <summary>Forgets how a segmentation ended: it will be done again.</summary>
    public void Reopen(string id) => Try(id, () => Remove(PathOf(id, StatusName)));

    /// <summary>Forgets a segmentation; one that is forgotten by half has ended.</summary>
    public void Forget(string id) => Try(id, () =>
    {
        Remove(PathOf(id, JobName));
        Remove(PathOf(id, StatusName));
        _disk.DeleteFolder(Path.Combine(_folder, id));
    });

    /// <summary>Removes the folder that is left of a segmentation, if it is old and nothing is in it.</summary>
    public void ForgetEmpty(string id, DateTimeOffset before) => Try(id, () =>
    {
        var folder = new DirectoryInfo(Path.Combine(_folder, id));
        if (folder.Exists && folder.LastWriteTimeUtc < before && !folder.EnumerateFileSystemInfos().Any())
            _disk.DeleteFolder(folder.FullName);
    });

    private T? Read<T>(string id, string name, Func<T, bool> isWhole, List<string> damage)
        where T : class
    {
        string path = PathOf(id, name);
        try
        {
            if (Directory.Exists(path))
                throw new IOException("a folder stands in its place");
            T read = SealedDocument.Read<T>(File.ReadAllBytes(path), name);
            if (isWhole(read))
                return read;
            damage.Add($"{name} is of something else");
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception failure) when (DiskFailure.IsOne(failure))
        {
            damage.Add($"{name} cannot be read: {DiskFailure.Words(failure)}");
        }
        catch (SegmentationProblemException)
        {
            damage.Add($"{name} is damaged");
        }

        return null;
    }

    private void Write(string id, string name, bool isKept, byte[] content) => Try(id, () =>
    {
        string path = PathOf(id, name);
        if (Directory.Exists(path))
            _disk.DeleteFolder(path);
        _files.Write(path, isKept, content);
    });

    private void Remove(string path)
    {
        if (Directory.Exists(path))
            _disk.DeleteFolder(path);
        else
            _disk.Delete(path);
    }

    private static void Try(string id, Action change)
    {
        try
        {
            change();
        }
        catch (Exception failure) when (DiskFailure.IsOne(failure))
        {
            throw SegmentationProblem.Storage(
                id,
                $"the journal cannot be written ({DiskFailure.Words(failure)})",
                "Make room, or try again later",
                failure);
        }
    }

    private string PathOf(string id, string name) => Path.Combine(_folder, SegmentationId.Check(id), name);
}
