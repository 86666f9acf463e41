namespace FrozenSeg.Serving.Watching;

/// <summary>How a watch ended.</summary>
/// <param name="Failed">Pictures that failed.</param>
/// <param name="OtherKinds">Pictures that were passed over, of kinds that are not read.</param>
internal sealed record WatchSummary(int Failed, IReadOnlyList<string> OtherKinds);
