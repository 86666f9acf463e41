namespace FrozenSeg.Cli.Pictures;

/// <summary>How a picture of many ended.</summary>
/// <param name="Picture">Its name.</param>
/// <param name="Result">Its <c>result.json</c>; null when there is none.</param>
/// <param name="Segments">How many segments.</param>
/// <param name="Seconds">Time it took; null when its result was there already.</param>
/// <param name="Problem">Why there is no result.</param>
internal sealed record BatchOutcome(string Picture, string? Result, int Segments, double? Seconds, string? Problem);
