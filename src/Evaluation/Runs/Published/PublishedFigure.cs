namespace FrozenSeg.Evaluation.Runs.Published;

/// <summary>A figure one of the papers reports.</summary>
/// <param name="Dataset">Name of the dataset.</param>
/// <param name="Metric">The measure it belongs to.</param>
/// <param name="Figure">Its name in our reports; of a group as <c>group.name</c>.</param>
/// <param name="Method">The method and its backbone.</param>
/// <param name="Percent">Its value, percent.</param>
/// <param name="Source">Where it stands.</param>
internal sealed record PublishedFigure(
    string Dataset, string Metric, string Figure, string Method, double Percent, string Source);
