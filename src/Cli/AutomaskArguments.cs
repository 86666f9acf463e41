using System.CommandLine;
using System.Globalization;
using FrozenSeg.Pipeline.Families.Sam.Automask;

namespace FrozenSeg.Cli;

/// <summary>
/// The settings of automatic mask generation as options, under the names SAM's own script uses. What is not given is the
/// preset's.
/// </summary>
internal sealed class AutomaskArguments
{
    private static readonly AutomaticMaskOptions Official = new();

    private readonly Option<string?> _preset = new("--mask-preset")
    {
        Description = $"Settings to start from: {string.Join(", ", AutomaticMaskPresets.All.Keys)}. Default: what suits the SAM",
    };

    private readonly Option<int?> _pointsPerSide = New<int?>("--points-per-side", "Points along each side of the grid", Official.PointsPerSide);
    private readonly Option<int?> _pointsPerBatch = New<int?>("--points-per-batch", "Points decoded at a time", Official.PointsPerBatch);
    private readonly Option<float?> _predictedIoU = New<float?>("--pred-iou-thresh", "Least predicted IoU", Official.PredictedIoUThreshold);
    private readonly Option<float?> _stability = New<float?>("--stability-score-thresh", "Least stability score", Official.StabilityScoreThreshold);
    private readonly Option<float?> _stabilityOffset = New<float?>("--stability-score-offset", "Distance of the stability thresholds", Official.StabilityScoreOffset);
    private readonly Option<double?> _boxNms = New<double?>("--box-nms-thresh", "Most overlap of two boxes", Official.BoxNmsThreshold);
    private readonly Option<int?> _cropLayers = New<int?>("--crop-n-layers", "Layers of crops", Official.CropLayers);
    private readonly Option<double?> _cropNms = New<double?>("--crop-nms-thresh", "Most overlap of two boxes from different crops", Official.CropNmsThreshold);
    private readonly Option<double?> _cropOverlap = New<double?>("--crop-overlap-ratio", "Overlap of neighbouring crops", Math.Round(Official.CropOverlapRatio, 3));
    private readonly Option<int?> _cropDownscale = New<int?>("--crop-n-points-downscale-factor", "Fewer points in each layer", Official.CropPointsDownscaleFactor);
    private readonly Option<int?> _minArea = New<int?>("--min-mask-region-area", "Clear smaller holes and islands, pixels", Official.MinMaskRegionArea);

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> Options =>
    [
        _preset, _pointsPerSide, _pointsPerBatch, _predictedIoU, _stability, _stabilityOffset, _boxNms, _cropLayers, _cropNms,
        _cropOverlap, _cropDownscale, _minArea,
    ];

    /// <summary>What was given, under the published names.</summary>
    public IReadOnlyDictionary<string, string> Given(ParseResult parsed)
    {
        var settings = new Dictionary<string, string>();
        Add("preset", parsed.GetValue(_preset));
        Add("points_per_side", parsed.GetValue(_pointsPerSide));
        Add("points_per_batch", parsed.GetValue(_pointsPerBatch));
        Add("pred_iou_thresh", parsed.GetValue(_predictedIoU));
        Add("stability_score_thresh", parsed.GetValue(_stability));
        Add("stability_score_offset", parsed.GetValue(_stabilityOffset));
        Add("box_nms_thresh", parsed.GetValue(_boxNms));
        Add("crop_n_layers", parsed.GetValue(_cropLayers));
        Add("crop_nms_thresh", parsed.GetValue(_cropNms));
        Add("crop_overlap_ratio", parsed.GetValue(_cropOverlap));
        Add("crop_n_points_downscale_factor", parsed.GetValue(_cropDownscale));
        Add("min_mask_region_area", parsed.GetValue(_minArea));
        return settings;

        void Add(string name, IConvertible? value)
        {
            if (value is not null)
                settings[name] = value.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The preset's settings with what was given put over them.</summary>
    public AutomaticMaskOptions Over(ParseResult parsed, AutomaticMaskOptions preset) => preset with
    {
        PointsPerSide = parsed.GetValue(_pointsPerSide) ?? preset.PointsPerSide,
        PointsPerBatch = parsed.GetValue(_pointsPerBatch) ?? preset.PointsPerBatch,
        PredictedIoUThreshold = parsed.GetValue(_predictedIoU) ?? preset.PredictedIoUThreshold,
        StabilityScoreThreshold = parsed.GetValue(_stability) ?? preset.StabilityScoreThreshold,
        StabilityScoreOffset = parsed.GetValue(_stabilityOffset) ?? preset.StabilityScoreOffset,
        BoxNmsThreshold = parsed.GetValue(_boxNms) ?? preset.BoxNmsThreshold,
        CropLayers = parsed.GetValue(_cropLayers) ?? preset.CropLayers,
        CropNmsThreshold = parsed.GetValue(_cropNms) ?? preset.CropNmsThreshold,
        CropOverlapRatio = parsed.GetValue(_cropOverlap) ?? preset.CropOverlapRatio,
        CropPointsDownscaleFactor = parsed.GetValue(_cropDownscale) ?? preset.CropPointsDownscaleFactor,
        MinMaskRegionArea = parsed.GetValue(_minArea) ?? preset.MinMaskRegionArea,
    };

    /// <summary>The preset that was named, or null.</summary>
    /// <exception cref="FrozenSeg.Shared.Problems.SegmentationProblemException">There is no such preset.</exception>
    public string? Preset(ParseResult parsed) => AutomaticMaskPresets.Check(parsed.GetValue(_preset));

    private static Option<T> New<T>(string name, string description, T official) =>
        new(name) { Description = string.Create(CultureInfo.InvariantCulture, $"{description}; officially {official}") };
}
