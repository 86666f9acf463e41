namespace FrozenSeg.Evaluation.Runs.Reporting;

/// <summary>A picture that did badly, painted for the report.</summary>
/// <param name="Metric">The measure.</param>
/// <param name="Picture">What the measure calls it.</param>
/// <param name="Score">0..1.</param>
/// <param name="Annotated">The picture with what was annotated, relative to the run's folder; null where it cannot be
/// shown.</param>
/// <param name="Found">The picture with what was found, likewise.</param>
internal sealed record WorstPicture(string Metric, string Picture, double Score, string? Annotated, string? Found);
