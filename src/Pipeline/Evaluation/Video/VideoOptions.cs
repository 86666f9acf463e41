namespace FrozenSeg.Pipeline.Evaluation.Video;

/// <summary>Which frames count.</summary>
public sealed record VideoOptions
{
    /// <summary>
    /// Whether the first frame (which a semi-supervised method is given) and the last are left out, as the DAVIS 2017 tool
    /// does; null to do so for a folder in DAVIS's layout only.
    /// </summary>
    public bool? SkipEnds { get; init; }

    /// <summary>Width of the boundary that still matches, as a share of the diagonal; 0.008 (DAVIS).</summary>
    public double BoundaryShare { get; init; } = 0.008;
}
