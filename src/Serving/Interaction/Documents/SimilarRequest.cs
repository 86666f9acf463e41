namespace FrozenSeg.Serving.Interaction.Documents;

/// <summary>An example, and where to look for its like.</summary>
internal sealed record SimilarRequest
{
    /// <summary>The example.</summary>
    public Exemplar? Example { get; init; }

    /// <summary>Segmentation among whose segments to look. Default: the example's own.</summary>
    public string? Among { get; init; }

    /// <summary>Least likeness, a cosine of −1..1. Default: 0.5.</summary>
    public float? Threshold { get; init; }

    /// <summary>Most segments. Default: 100.</summary>
    public int? Limit { get; init; }
}
