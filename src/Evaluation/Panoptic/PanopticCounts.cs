namespace FrozenSeg.Evaluation.Panoptic;

/// <summary>What panoptic quality is made of, for one class.</summary>
/// <param name="TruePositives">Pairs with an IoU above one half.</param>
/// <param name="FalsePositives">Predicted segments without a partner.</param>
/// <param name="FalseNegatives">Annotated segments without a partner.</param>
/// <param name="IoUSum">Sum of the IoU of all pairs.</param>
internal readonly record struct PanopticCounts(int TruePositives, int FalsePositives, int FalseNegatives, double IoUSum)
{
    /// <summary>Whether the class occurs at all.</summary>
    public bool Occurs => TruePositives + FalsePositives + FalseNegatives > 0;

    /// <summary>Panoptic quality: the IoU sum over the pairs and half of what has no partner.</summary>
    public double Quality => Occurs ? IoUSum / Weight : 0;

    /// <summary>Segmentation quality: mean IoU of the pairs; 0 without pairs.</summary>
    public double SegmentationQuality => TruePositives == 0 ? 0 : IoUSum / TruePositives;

    /// <summary>Recognition quality: the F1 score of the pairs.</summary>
    public double RecognitionQuality => Occurs ? TruePositives / Weight : 0;

    private double Weight => TruePositives + (0.5 * FalsePositives) + (0.5 * FalseNegatives);

    /// <summary>The counts of two lots together.</summary>
    public static PanopticCounts operator +(PanopticCounts a, PanopticCounts b) => new(
        a.TruePositives + b.TruePositives,
        a.FalsePositives + b.FalsePositives,
        a.FalseNegatives + b.FalseNegatives,
        a.IoUSum + b.IoUSum);
}
