namespace FrozenSeg.Evaluation.Referring;

/// <summary>How an answer covers what is meant, in pixels.</summary>
/// <param name="HasTarget">Whether the expression means something, were it without a pixel.</param>
/// <param name="Wanted">Pixels that are meant; 0 where nothing is.</param>
/// <param name="Found">Pixels that were answered.</param>
/// <param name="Intersection">Pixels in both.</param>
internal sealed record ReferringOverlap(bool HasTarget, int Wanted, int Found, int Intersection)
{
    /// <summary>Pixels in either.</summary>
    public int Union => Wanted + Found - Intersection;

    /// <summary>Intersection over union; 0 when nothing was answered.</summary>
    public double IoU => Union == 0 ? 0 : (double)Intersection / Union;

    /// <summary>
    /// GRES's IoU: where nothing is meant, an empty answer counts 1 and any other 0 (Liu et al. 2023, section 3.3).
    /// </summary>
    public double GeneralisedIoU => HasTarget ? IoU : Found == 0 ? 1 : 0;
}
