namespace FrozenSeg.Shared.Results;

/// <summary>How long one stage took.</summary>
/// <param name="Stage">Its name.</param>
/// <param name="Seconds">Wall time.</param>
public sealed record StageTiming(string Stage, double Seconds);
