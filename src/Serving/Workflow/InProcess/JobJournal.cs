using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving.Workflow.InProcess;

/// <summary>
/// What was accepted and how it ended, as two small files a segmentation: <c>job.json</c> from the moment it is accepted,
/// <c>status.json</c> from the moment it has ended. A job without a status is done again after a restart.
/// </summary>
/// <param name="folder">The folder; made when it is missing.</param>
internal sealed class JobJournal(string folder)
{
    private const string JobName = "job.json", StatusName = "status.json";

    private readonly string _folder = Path.GetFullPath(folder);

    /// <summary>Notes a job.</summary>
    /// <exception cref="SegmentationProblemException">The folder cannot be written.</exception>
    public void Accept(SegmentationJob job, DateTimeOffset now) =>
        AtomicFile.Write(PathOf(job.Id, JobName), WorkflowJsonContext.Write(new AcceptedJob(job, now)));

    /// <summary>Notes the end of a job.</summary>
    /// <exception cref="SegmentationProblemException">The folder cannot be written.</exception>
    public void End(SegmentationStatus status) =>
        AtomicFile.Write(PathOf(status.Id, StatusName), WorkflowJsonContext.Write(status));

    /// <summary>How a job ended; null when it has not, or is not known.</summary>
    public SegmentationStatus? Ended(string id) => Read<SegmentationStatus>(id, StatusName);

    /// <summary>The jobs that have not ended, the oldest first.</summary>
    public IReadOnlyList<AcceptedJob> Unfinished() => !Directory.Exists(_folder)
        ? []
        : [.. Directory.EnumerateDirectories(_folder)
            .Select(path => Path.GetFileName(path)!)
            .Where(id => !File.Exists(PathOf(id, StatusName)))
            .Select(id => Read<AcceptedJob>(id, JobName))
            .OfType<AcceptedJob>()
            .OrderBy(job => job.Created)];

    private T? Read<T>(string id, string name)
        where T : class
    {
        string path = PathOf(id, name);
        try
        {
            return WorkflowJsonContext.Read<T>(File.ReadAllBytes(path), path);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private string PathOf(string id, string name) => Path.Combine(_folder, SegmentationId.Check(id), name);
}
