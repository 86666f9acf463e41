namespace FrozenSeg.Evaluation.Reports;

/// <summary>Figures that belong together, for instance those of all things.</summary>
/// <param name="Name">Name of the group; null for figures that stand by themselves.</param>
/// <param name="Figures">The figures, in the order they are shown.</param>
internal sealed record FigureGroup(string? Name, IReadOnlyList<Figure> Figures);
