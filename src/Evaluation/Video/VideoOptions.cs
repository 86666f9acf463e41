namespace FrozenSeg.Evaluation.Video;

/// <summary>Which frames count, and how objects are found again.</summary>
internal sealed record VideoOptions
{
    /// <summary>
    /// Whether the first frame (which a semi-supervised method is given) and the last are left out, as the DAVIS 2017
    /// tool does; null to do so for a folder in DAVIS's layout only, and not where objects are matched.
    /// </summary>
    public bool? SkipEnds { get; init; }

    /// <summary>
    /// Whether predicted objects may have any numbers: over each sequence they are matched to the annotated ones so
    /// that J&amp;F is highest, and void pixels are left out, as the DAVIS 2017 tool does in its unsupervised task.
    /// Ref-DAVIS is measured so.
    /// </summary>
    public bool MatchObjects { get; init; }

    /// <summary>Width of the boundary that still matches, as a share of the diagonal; 0.008 (DAVIS).</summary>
    public double BoundaryShare { get; init; } = 0.008;

    /// <summary>Most objects a prediction may have where they are matched; 20 (DAVIS).</summary>
    public int MostProposals { get; init; } = 20;
}
