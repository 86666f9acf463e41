namespace FrozenSeg.Pipeline.Families.ClipAsRnn.MaskMatching;

/// <summary>
/// Thresholds of matching with SAM's masks, each 0..1; the paper's values (CaR, appendix; car.md 10).
/// </summary>
internal sealed record MaskMatchingOptions
{
    /// <summary>
    /// φ_iom: a SAM mask with more intersection over minimum than this is part of the answer. Default: 0.7.
    /// </summary>
    public float IoMThreshold { get; init; } = 0.7f;

    /// <summary>
    /// φ_iou: the joined SAM masks replace a mask when they overlap it by more than this. Default: 0.7.
    /// </summary>
    public float IoUThreshold { get; init; } = 0.7f;

    /// <summary>
    /// A SAM mask that covers a smaller share of the mask than this counts only by that share, so that specks inside
    /// the mask do not match. Default: 0.05.
    /// </summary>
    public float SmallestShare { get; init; } = 0.05f;
}
