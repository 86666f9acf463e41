using FrozenSeg.Serving.Workflow.Failures;

namespace FrozenSeg.Serving.Workflow;

/// <summary>What became of one run of a stage: a value, or a failure.</summary>
/// <typeparam name="T">What the stage gives.</typeparam>
/// <param name="Value">The value; null when the stage failed.</param>
/// <param name="Failure">The failure; null when the stage succeeded.</param>
/// <param name="Seconds">Wall time of the run.</param>
/// <param name="WasSkipped">Whether an earlier run had already done the work.</param>
internal sealed record StageOutcome<T>(T? Value, StageFailure? Failure, double Seconds, bool WasSkipped = false);
