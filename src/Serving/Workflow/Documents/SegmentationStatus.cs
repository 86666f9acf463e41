using FrozenSeg.Serving.Workflow.Progress;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving.Workflow.Documents;

/// <summary>What is known of a segmentation.</summary>
internal sealed record SegmentationStatus
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Where it stands.</summary>
    public required SegmentationState State { get; init; }

    /// <summary>Its method.</summary>
    public required string Method { get; init; }

    /// <summary>Hash of its request: the same id with another request is a conflict.</summary>
    public required string RequestKey { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When it ended; null before.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Its stages.</summary>
    public WorkflowProgress Progress { get; init; } = WorkflowProgress.None;

    /// <summary>Its files by name; empty while there are none.</summary>
    public IReadOnlyDictionary<string, ArtefactReference> Files { get; init; } =
        new Dictionary<string, ArtefactReference>();

    /// <summary>How many segments were found; null while nobody knows.</summary>
    public int? Segments { get; init; }

    /// <summary>Why it failed.</summary>
    public IReadOnlyList<SegmentationProblem> Problems { get; init; } = [];

    /// <summary>What the caller should know besides.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Whether nothing more will happen to it.</summary>
    public bool HasEnded =>
        State is SegmentationState.Succeeded or SegmentationState.Failed or SegmentationState.Cancelled;

    /// <summary>
    /// Whether it is whole, and the end of the segmentation of that id: a document that is JSON can still be something
    /// else.
    /// </summary>
    internal bool IsEndOf(string id) =>
        Id == id && HasEnded && Ended is not null && Method is not null && RequestKey is not null
            && Progress?.Stages is not null
        && Files is not null && Problems is not null && Warnings is not null
        && Files.Values.All(file => file is { Key.Length: > 0 }) && Problems.All(problem => problem is not null);

    /// <summary>The status of an accepted job.</summary>
    public static SegmentationStatus Queued(SegmentationJob job, DateTimeOffset now) => new()
    {
        Id = job.Id,
        State = SegmentationState.Queued,
        Method = job.Method,
        RequestKey = job.Request.Key,
        Created = now,
    };

    /// <summary>The status of a segmentation of which nothing can be read any more.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="damage">What is wrong with its entry in the journal.</param>
    /// <param name="now">When that was found.</param>
    public static SegmentationStatus Unreadable(string id, string damage, DateTimeOffset now) => new()
    {
        Id = id,
        State = SegmentationState.Failed,
        Method = "",
        RequestKey = "",
        Created = now,
        Ended = now,
        Problems = [new SegmentationProblem(
            ProblemKind.Storage, id, $"its entry in the journal is damaged ({damage})", "Send the request again")],
    };

    /// <summary>This status with the end of its workflow.</summary>
    public SegmentationStatus With(WorkflowResult result, DateTimeOffset now) => this with
    {
        State = result.State,
        Ended = now,
        Progress = result.Progress,
        Files = result.Published?.Files ?? new Dictionary<string, ArtefactReference>(),
        Segments = result.Published?.Segments,
        Problems = result.Problems,
        Warnings = result.Warnings,
    };
}
