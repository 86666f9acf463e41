using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Workflow.Documents;

/// <summary>How a workflow ended: with files, or with the reasons why there are none.</summary>
/// <param name="Published">The files; null when the segmentation failed.</param>
/// <param name="Problems">Why it failed; empty when it succeeded.</param>
/// <param name="Warnings">What the caller should know besides, an unanswered callback for instance.</param>
/// <param name="Progress">The stages as they ended.</param>
public sealed record WorkflowResult(
    PublishedFiles? Published,
    IReadOnlyList<SegmentationProblem> Problems,
    IReadOnlyList<string> Warnings,
    WorkflowProgress Progress);
