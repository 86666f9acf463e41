namespace FrozenSeg.Evaluation.Reports;

/// <summary>The figures of one class, or of one object of a video.</summary>
/// <param name="Key">Its number in the dataset.</param>
/// <param name="Name">Its name.</param>
/// <param name="Figures">The figures.</param>
internal sealed record ClassFigures(string Key, string Name, IReadOnlyList<Figure> Figures);
