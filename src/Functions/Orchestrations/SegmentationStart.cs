using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Functions.Orchestrations;

/// <summary>Input of <see cref="SegmentImage"/>.</summary>
/// <param name="Job">The job.</param>
/// <param name="Rejections">Why nothing can be done, when that was clear before the start: the segmentation then fails
/// at once, so that nothing anybody sent is without an answer.</param>
/// <param name="Upload">The blob in the container of uploads that started it; null when none did.</param>
/// <param name="Accepted">When the upload was taken; null when it was not one.</param>
/// <param name="Manifest">Id of the manifest it is a line of; null when it stands alone.</param>
internal sealed record SegmentationStart(
    SegmentationJob Job,
    IReadOnlyList<SegmentationProblem> Rejections,
    string? Upload = null,
    DateTimeOffset? Accepted = null,
    string? Manifest = null)
{
    /// <summary>A job that can be done.</summary>
    public static SegmentationStart Of(SegmentationJob job) => new(job, []);
}
