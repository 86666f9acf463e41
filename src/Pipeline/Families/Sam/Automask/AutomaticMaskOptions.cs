using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Families.Sam.Automask;

/// <summary>
/// Settings of automatic mask generation. Names and defaults are those of SAM's <c>SamAutomaticMaskGenerator</c>.
/// </summary>
public sealed record AutomaticMaskOptions
{
    /// <summary>The preset that what is not said otherwise was taken from (<see cref="AutomaticMaskPresets"/>).</summary>
    public string Preset { get; init; } = AutomaticMaskPresets.Official;

    /// <summary>Points along each side of the grid; 32, so 1024 points.</summary>
    public int PointsPerSide { get; init; } = 32;

    /// <summary>Points decoded at a time; 64. Changes memory, not results.</summary>
    public int PointsPerBatch { get; init; } = 64;

    /// <summary>A mask's predicted IoU must be above this; 0.88. At 0 nothing is filtered.</summary>
    public float PredictedIoUThreshold { get; init; } = 0.88f;

    /// <summary>A mask's stability score must reach this; 0.95. At 0 nothing is filtered.</summary>
    public float StabilityScoreThreshold { get; init; } = 0.95f;

    /// <summary>Distance of the two thresholds that stability compares from 0, in logits; 1.</summary>
    public float StabilityScoreOffset { get; init; } = 1;

    /// <summary>Boxes that overlap more than this are duplicates, IoU; 0.7.</summary>
    public double BoxNmsThreshold { get; init; } = 0.7;

    /// <summary>Layers of crops besides the whole picture; 0.</summary>
    public int CropLayers { get; init; }

    /// <summary>As <see cref="BoxNmsThreshold"/>, between crops; 0.7.</summary>
    public double CropNmsThreshold { get; init; } = 0.7;

    /// <summary>Overlap of the first layer's crops over the picture's short side; 512/1500.</summary>
    public double CropOverlapRatio { get; init; } = 512.0 / 1500;

    /// <summary>Points a side are divided by this with each layer; 1.</summary>
    public int CropPointsDownscaleFactor { get; init; } = 1;

    /// <summary>Whether proposals keep the decoder's logits; off.</summary>
    public bool KeepsLogits { get; init; }

    /// <summary>Holes and islands smaller than this are cleared, pixels; 0 clears nothing.</summary>
    public int MinMaskRegionArea { get; init; }

    /// <summary>Everything that makes these settings unusable.</summary>
    public IEnumerable<SegmentationProblem> Problems()
    {
        int deepest = CropPointsDownscaleFactor < 1 || PointsPerSide < 1 || CropLayers is < 0 or > 4
            ? 1
            : PointGrid.PointsPerSide(PointsPerSide, CropLayers, CropPointsDownscaleFactor);
        (string Option, bool IsWrong, string Found, string Remedy)[] rules =
        [
            ("--points-per-side", PointsPerSide is < 1 or > 512, $"{PointsPerSide} is not a number of points", "Use 1 to 512"),
            ("--points-per-batch", PointsPerBatch is < 1 or > 4096, $"{PointsPerBatch} is not a batch size", "Use 1 to 4096"),
            ("--pred-iou-thresh", !IsBetween(PredictedIoUThreshold, 0, 1), $"{PredictedIoUThreshold} is no IoU", "Use 0 to 1"),
            ("--stability-score-thresh", !IsBetween(StabilityScoreThreshold, 0, 1), $"{StabilityScoreThreshold} is no score", "Use 0 to 1"),
            ("--stability-score-offset", !IsBetween(StabilityScoreOffset, 0, 1000), $"{StabilityScoreOffset} is no offset in logits", "Use 0 to 1000"),
            ("--box-nms-thresh", !IsBetween(BoxNmsThreshold, 0, 1), $"{BoxNmsThreshold} is no IoU", "Use 0 to 1"),
            ("--crop-n-layers", CropLayers is < 0 or > 4, $"{CropLayers} is not a number of layers", "Use 0 to 4"),
            ("--crop-nms-thresh", !IsBetween(CropNmsThreshold, 0, 1), $"{CropNmsThreshold} is no IoU", "Use 0 to 1"),
            ("--crop-overlap-ratio", !IsBetween(CropOverlapRatio, 0, 1), $"{CropOverlapRatio} is no ratio", "Use 0 to 1"),
            ("--crop-n-points-downscale-factor", CropPointsDownscaleFactor < 1, $"{CropPointsDownscaleFactor} is no factor", "Use 1 or more"),
            ("--crop-n-points-downscale-factor", deepest < 1, $"layer {CropLayers} would have no points left", "Use fewer layers or a smaller factor"),
            ("--min-mask-region-area", MinMaskRegionArea < 0, $"{MinMaskRegionArea} is no area", "Use 0 or more"),
        ];
        return rules.Where(rule => rule.IsWrong).Select(
            rule => new SegmentationProblem(ProblemKind.InvalidRequest, rule.Option, rule.Found, rule.Remedy));
    }

    // False for NaN.
    private static bool IsBetween(double value, double low, double high) => value >= low && value <= high;
}
