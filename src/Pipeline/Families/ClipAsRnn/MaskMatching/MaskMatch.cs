using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn.MaskMatching;

/// <summary>What matching one mask with SAM's masks found.</summary>
/// <param name="IoM">Intersection over minimum with each SAM mask, 0..1; all 0 for an empty mask.</param>
/// <param name="Kept">Indices of the SAM masks that match, rising; empty for an empty mask.</param>
/// <param name="Combined">Their union.</param>
/// <param name="IoU">Overlap of the union with the mask, 0..1.</param>
/// <param name="Mask">The answer: the union when it overlaps enough, otherwise the mask as it was.</param>
internal sealed record MaskMatch(
    float[] IoM, int[] Kept, RunLengthEncoding Combined, float IoU, RunLengthEncoding Mask);
