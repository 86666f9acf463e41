namespace FrozenSeg.Evaluation.Panoptic;

/// <summary>What a panoptic document says of one segment.</summary>
/// <param name="Id">Its id in the picture, 1..2²⁴−1.</param>
/// <param name="Category">Id of its class.</param>
/// <param name="IsCrowd">Whether it is a group nobody took apart; it is neither matched nor missed.</param>
/// <param name="Area">Pixels as the document has them; null when it does not say.</param>
internal readonly record struct SegmentLabel(int Id, int Category, bool IsCrowd, double? Area);
