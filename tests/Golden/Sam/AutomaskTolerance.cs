namespace FrozenSeg.Golden.Sam;

/// <summary>What may differ between two lists of automatic masks.</summary>
/// <param name="Count">Share by which their lengths may differ.</param>
/// <param name="Unmatched">Share of masks that may have no partner at IoU 0.99.</param>
/// <param name="PredictedIoU">Of a pair.</param>
/// <param name="StabilityScore">Of a pair.</param>
/// <param name="PixelFlips">Share of pairs that may differ in a pixel or more, and so in their stability score.</param>
internal sealed record AutomaskTolerance(
    double Count, double Unmatched, double PredictedIoU, double StabilityScore, double PixelFlips)
{
    /// <summary>
    /// With the procedural stand-in: some candidates lie 1e-6 from a threshold, and another order of summation may tip
    /// them over. Two resizes folded into one round differently: in a few masks a pixel that lies on a threshold
    /// changes sides.
    /// </summary>
    public static AutomaskTolerance Procedural { get; } = new(0.005, 0.005, 1e-5, 1e-5, 0.025);

    /// <summary>
    /// With a real network, whose logits are rounded differently in every layer: every mask, pixels at its edge aside.
    /// </summary>
    public static AutomaskTolerance Photographs { get; } = new(0, 0, 1e-4, 1e-3, 1);
}
