namespace FrozenSeg.Evaluation.Reports;

/// <summary>What one evaluation measured.</summary>
internal sealed record EvaluationReport
{
    /// <summary>
    /// <c>panoptic</c>, <c>instance</c>, <c>lvis</c>, <c>semantic</c>, <c>recall</c>, <c>referring</c> or <c>video</c>.
    /// </summary>
    public required string Metric { get; init; }

    /// <summary>The summary, most important first.</summary>
    public required IReadOnlyList<FigureGroup> Groups { get; init; }

    /// <summary>Figures by class, in the dataset's order.</summary>
    public IReadOnlyList<ClassFigures> Classes { get; init; } = [];

    /// <summary>Name of the classes' table in documents.</summary>
    public string ClassesName { get; init; } = "per_class";

    /// <summary>Number of pictures, frames or expressions that were compared.</summary>
    public required int Pictures { get; init; }

    /// <summary>Score of each picture, where the metric has one.</summary>
    public IReadOnlyList<PictureScore> PictureScores { get; init; } = [];

    /// <summary>Rules and settings that shape the figures.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Anything a reader of the figures should know.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
