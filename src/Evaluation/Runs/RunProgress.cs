namespace FrozenSeg.Evaluation.Runs;

/// <summary>How far a run has come.</summary>
/// <param name="Done">Pictures or references answered, those of earlier runs included.</param>
/// <param name="Total">All of them.</param>
/// <param name="Remaining">Estimated time left; null before anything was measured.</param>
internal sealed record RunProgress(int Done, int Total, TimeSpan? Remaining);
