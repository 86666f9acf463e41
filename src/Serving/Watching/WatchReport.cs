namespace FrozenSeg.Serving.Watching;

/// <summary>What became of one picture.</summary>
/// <param name="Picture">File name.</param>
/// <param name="Segments">How many segments were found; null when it failed.</param>
/// <param name="Failure">Why it failed; null when it succeeded.</param>
internal sealed record WatchReport(string Picture, int? Segments, string? Failure);
