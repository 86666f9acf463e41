using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving.Workflow;

/// <summary>
/// Runs segmentations: in this process, or on Durable Functions. What it has accepted ends as a result or as a failure
/// with a reason, whatever happens to the process in between. Safe for many callers.
/// </summary>
internal interface ISegmentationRunner
{
    /// <summary>Accepts a job; an id that is known already starts nothing.</summary>
    /// <returns>The status: of the earlier segmentation when there is one.</returns>
    /// <exception cref="SegmentationProblemException">The id is known with another request, or nothing more can be
    /// accepted now.</exception>
    Task<SegmentationStatus> StartAsync(SegmentationJob job, CancellationToken cancellation);

    /// <summary>What is known of a segmentation; null when nothing is.</summary>
    Task<SegmentationStatus?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>Waits for the end of a segmentation, but no longer than <paramref name="patience"/>.</summary>
    /// <returns>The status then; null when there is no such segmentation.</returns>
    Task<SegmentationStatus?> WaitAsync(string id, TimeSpan patience, CancellationToken cancellation);

    /// <summary>The latest segmentations: those that have not ended first.</summary>
    /// <param name="most">Most of them.</param>
    /// <param name="cancellation">Stops the work.</param>
    Task<IReadOnlyList<SegmentationStatus>> ListAsync(int most, CancellationToken cancellation);

    /// <summary>Does a segmentation again whose files were found damaged; what is whole of it is not.</summary>
    /// <returns>Whether it is at work; false where that cannot be.</returns>
    Task<bool> RedoAsync(string id, CancellationToken cancellation) => Task.FromResult(false);

    /// <summary>Stops a segmentation; one that has ended stays as it is.</summary>
    /// <returns>The status afterwards; null when there is no such segmentation.</returns>
    Task<SegmentationStatus?> CancelAsync(string id, CancellationToken cancellation);
}
