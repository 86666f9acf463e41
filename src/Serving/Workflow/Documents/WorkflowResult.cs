using System.Text.Json.Serialization;
using FrozenSeg.Serving.Workflow.Progress;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving.Workflow.Documents;

/// <summary>
/// How a workflow ended. What was published stays whatever happens after it: a segmentation whose caller could not be
/// told has failed, and its files are there.
/// </summary>
/// <param name="Published">The files; null when there are none.</param>
/// <param name="Problems">Why it failed; empty when it succeeded.</param>
/// <param name="Warnings">What the caller should know besides.</param>
/// <param name="Progress">The stages as they ended.</param>
internal sealed record WorkflowResult(
    PublishedFiles? Published,
    IReadOnlyList<SegmentationProblem> Problems,
    IReadOnlyList<string> Warnings,
    WorkflowProgress Progress)
{
    /// <summary>Whether it was stopped before its end.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>Where the segmentation stands now.</summary>
    [JsonIgnore]
    public SegmentationState State =>
        IsCancelled ? SegmentationState.Cancelled
        : Published is null || Problems.Count > 0 ? SegmentationState.Failed
        : SegmentationState.Succeeded;
}
