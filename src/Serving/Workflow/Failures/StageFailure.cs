using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving.Workflow.Failures;

/// <summary>Why a stage failed.</summary>
/// <param name="Kind">What it deserves.</param>
/// <param name="Problems">What is wrong, at least one.</param>
internal sealed record StageFailure(FailureKind Kind, IReadOnlyList<SegmentationProblem> Problems);
