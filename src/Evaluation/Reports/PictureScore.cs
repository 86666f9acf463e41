namespace FrozenSeg.Evaluation.Reports;

/// <summary>How one picture did, so that the worst ones can be looked at.</summary>
/// <param name="Picture">Its file name or id.</param>
/// <param name="Score">0..1; what it means depends on the metric.</param>
internal sealed record PictureScore(string Picture, double Score)
{
    /// <summary>Reads both sides of the picture again; null where there is nothing to look at.</summary>
    internal Func<ComparedPicture>? Look { get; init; }
}
