namespace FrozenSeg.Evaluation.Semantic;

/// <summary>What the labels of a semantic evaluation mean.</summary>
internal sealed record SemanticOptions
{
    /// <summary>
    /// Labels of the annotations that are not evaluated, besides void (255, or 65535 in 16-bit pictures).
    /// </summary>
    public IReadOnlyList<int> Ignored { get; init; } = [];

    /// <summary>
    /// The class that means "nothing of all"; figures without it are given too. Null when there is none.
    /// </summary>
    public int? Background { get; init; }

    /// <summary>The classes; null to take whatever labels occur.</summary>
    public IReadOnlyList<DatasetClass>? Classes { get; init; }

    /// <summary>How annotations are numbered.</summary>
    public LabelScheme TruthLabels { get; init; } = LabelScheme.Plain;

    /// <summary>How predictions are numbered.</summary>
    public LabelScheme PredictionLabels { get; init; } = LabelScheme.Plain;
}
