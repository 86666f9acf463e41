namespace FrozenSeg.Pipeline.Workflow;

/// <summary>How far one stage has come.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Seconds">Wall time of its last run; null before it has ended.</param>
/// <param name="Attempts">Runs so far.</param>
public sealed record StageProgress(string Name, StageState State, double? Seconds, int Attempts);
