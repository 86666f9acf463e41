using FrozenSeg.Pipeline.Families.Sam.Automask;

namespace FrozenSeg;

/// <summary>
/// Every mask that SAM's automatic mask generator finds. Defaults are SAM's, or those of the bundled SAM.
/// </summary>
public sealed record AutomaskOptions : MethodOptions
{
    /// <inheritdoc/>
    public override string Name => AutomaskMethod.MethodName;

    /// <summary>
    /// Thresholds made for a network: <c>official</c>, or that of a published SAM. Default: what suits the network.
    /// </summary>
    public string? Preset { get; init; }

    /// <summary>Points along one side of the grid. Default: 32.</summary>
    public int? PointsPerSide { get; init; }

    /// <summary>Points at a time: memory against speed. Default: 64.</summary>
    public int? PointsPerBatch { get; init; }

    /// <summary>Masks whose own estimate of their IoU is below are dropped. Default: 0.88.</summary>
    public double? PredictedIoUThreshold { get; init; }

    /// <summary>Masks whose stability score is below are dropped. Default: 0.95.</summary>
    public double? StabilityScoreThreshold { get; init; }

    /// <summary>Shift of the logits that the stability score compares. Default: 1.</summary>
    public double? StabilityScoreOffset { get; init; }

    /// <summary>Of masks whose boxes overlap more, IoU, the best stays. Default: 0.7.</summary>
    public double? BoxNmsThreshold { get; init; }

    /// <summary>Layers of crops; layer i has 2^i × 2^i. Default: 0.</summary>
    public int? CropLayers { get; init; }

    /// <summary>The same between crops. Default: 0.7.</summary>
    public double? CropNmsThreshold { get; init; }

    /// <summary>How far crops overlap, share of the shorter side. Default: 512/1500.</summary>
    public double? CropOverlapRatio { get; init; }

    /// <summary>By what the grid is divided from layer to layer. Default: 1.</summary>
    public int? CropPointsDownscaleFactor { get; init; }

    /// <summary>Islands and holes with fewer pixels are removed. Default: 0.</summary>
    public int? MinMaskRegionArea { get; init; }

    internal override IEnumerable<(string Name, object? Value)> Settings() =>
    [
        ("preset", Preset),
        ("points_per_side", PointsPerSide),
        ("points_per_batch", PointsPerBatch),
        ("pred_iou_thresh", PredictedIoUThreshold),
        ("stability_score_thresh", StabilityScoreThreshold),
        ("stability_score_offset", StabilityScoreOffset),
        ("box_nms_thresh", BoxNmsThreshold),
        ("crop_n_layers", CropLayers),
        ("crop_nms_thresh", CropNmsThreshold),
        ("crop_overlap_ratio", CropOverlapRatio),
        ("crop_n_points_downscale_factor", CropPointsDownscaleFactor),
        ("min_mask_region_area", MinMaskRegionArea),
    ];
}
