namespace FrozenSeg.Pipeline.Workflow;

/// <summary>How far a workflow has come.</summary>
/// <param name="Fraction">Share done, 0..1.</param>
/// <param name="Stages">The stages it has, in order.</param>
public sealed record WorkflowProgress(double Fraction, IReadOnlyList<StageProgress> Stages);
