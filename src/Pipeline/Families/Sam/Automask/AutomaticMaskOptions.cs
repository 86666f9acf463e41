using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Families.Sam.Automask;

/// <summary>
/// Settings of automatic mask generation. Names and defaults are those of SAM's <c>SamAutomaticMaskGenerator</c>.
/// </summary>
internal sealed record AutomaticMaskOptions
{
    /// <summary>
    /// The preset that what is not said otherwise was taken from (<see cref="AutomaticMaskPresets"/>).
    /// </summary>
    public string Preset { get; init; } = AutomaticMaskPresets.Official;

    /// <summary>Points along each side of the grid; 32, so 1024 points.</summary>
    public int PointsPerSide { get; init; } = 32;

    /// <summary>Points decoded at a time; 64. Changes memory, not results.</summary>
    public int PointsPerBatch { get; init; } = 64;

    /// <summary>A mask's predicted IoU must be above this; 0.88. At 0 nothing is filtered.</summary>
    public float PredictedIoUThreshold { get; init; } = 0.88f;

    /// <summary>A mask's stability score must reach this; 0.95. At 0 nothing is filtered.</summary>
    public float StabilityScoreThreshold { get; init; } = 0.95f;

    /// <summary>Distance of the two thresholds that stability compares from 0, in logits. Default: 1.</summary>
    public float StabilityScoreOffset { get; init; } = 1;

    /// <summary>Boxes that overlap more than this are duplicates, IoU. Default: 0.7.</summary>
    public double BoxNmsThreshold { get; init; } = 0.7;

    /// <summary>Layers of crops besides the whole picture. Default: 0.</summary>
    public int CropLayers { get; init; }

    /// <summary>As <see cref="BoxNmsThreshold"/>, between crops. Default: 0.7.</summary>
    public double CropNmsThreshold { get; init; } = 0.7;

    /// <summary>Overlap of the first layer's crops over the picture's short side; 512/1500.</summary>
    public double CropOverlapRatio { get; init; } = 512.0 / 1500;

    /// <summary>Points a side are divided by this with each layer. Default: 1.</summary>
    public int CropPointsDownscaleFactor { get; init; } = 1;

    /// <summary>Whether proposals keep the decoder's logits; off.</summary>
    public bool KeepsLogits { get; init; }

    /// <summary>Holes and islands smaller than this are cleared, pixels; 0 clears nothing.</summary>
    public int MinMaskRegionArea { get; init; }

    /// <summary>Everything that makes these settings unusable.</summary>
    public IEnumerable<SegmentationProblem> Problems()
    {
        SegmentationProblem[] single = [.. AutomaskSettings.Table.Problems(this)];
        return single.Length == 0 && PointGrid.PointsPerSide(PointsPerSide, CropLayers, CropPointsDownscaleFactor) < 1
            ? [new SegmentationProblem(
                "settings.crop_n_points_downscale_factor",
                $"layer {CropLayers} would have no points left",
                "Use fewer layers or a smaller factor")]
            : single;
    }
}
