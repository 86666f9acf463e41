using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Families.Sam.Decoding;

/// <summary>A mask at picture size, as <see cref="MaskUpscaler"/> reads it off low-resolution logits.</summary>
/// <param name="Runs">Pixels with a logit above 0.</param>
/// <param name="AboveUpper">Number of pixels above the upper stability threshold.</param>
/// <param name="AboveLower">Number of pixels above the lower stability threshold.</param>
internal readonly record struct MaskRaster(RunLengthEncoding Runs, int AboveUpper, int AboveLower)
{
    /// <summary>
    /// IoU between the masks at the two thresholds, 0..1; NaN when both are empty. The smaller mask lies inside the
    /// larger, so the IoU is a ratio of areas.
    /// </summary>
    public float StabilityScore => (float)AboveUpper / AboveLower;
}
