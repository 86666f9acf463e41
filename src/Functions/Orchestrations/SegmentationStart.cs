using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Functions.Orchestrations;

/// <summary>Input of <see cref="SegmentImage"/>.</summary>
/// <param name="Job">The job.</param>
/// <param name="Rejections">Why nothing can be done, when that was clear before the start: the segmentation then fails at
/// once, so that nothing anybody sent is without an answer.</param>
/// <param name="Upload">The blob in the container of uploads that started it; null when it was no upload.</param>
public sealed record SegmentationStart(SegmentationJob Job, IReadOnlyList<SegmentationProblem> Rejections, string? Upload = null)
{
    /// <summary>A job that can be done.</summary>
    public static SegmentationStart Of(SegmentationJob job, string? upload = null) => new(job, [], upload);
}
