using System.CommandLine;
using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Cli;

/// <summary>The settings of automatic mask generation as options, under the names SAM's own script uses.</summary>
internal sealed class AutomaskArguments
{
    private static readonly AutomaticMaskOptions Defaults = new();

    private readonly Option<int> _pointsPerSide = New("--points-per-side", "Points along each side of the grid", Defaults.PointsPerSide);
    private readonly Option<int> _pointsPerBatch = New("--points-per-batch", "Points decoded at a time", Defaults.PointsPerBatch);
    private readonly Option<float> _predictedIoU = New("--pred-iou-thresh", "Least predicted IoU", Defaults.PredictedIoUThreshold);
    private readonly Option<float> _stability = New("--stability-score-thresh", "Least stability score", Defaults.StabilityScoreThreshold);
    private readonly Option<float> _stabilityOffset = New("--stability-score-offset", "Distance of the stability thresholds", Defaults.StabilityScoreOffset);
    private readonly Option<double> _boxNms = New("--box-nms-thresh", "Most overlap of two boxes", Defaults.BoxNmsThreshold);
    private readonly Option<int> _cropLayers = New("--crop-n-layers", "Layers of crops", Defaults.CropLayers);
    private readonly Option<double> _cropNms = New("--crop-nms-thresh", "Most overlap of two boxes from different crops", Defaults.CropNmsThreshold);
    private readonly Option<double> _cropOverlap = New("--crop-overlap-ratio", "Overlap of neighbouring crops", Defaults.CropOverlapRatio);
    private readonly Option<int> _cropDownscale = New("--crop-n-points-downscale-factor", "Fewer points in each layer", Defaults.CropPointsDownscaleFactor);
    private readonly Option<int> _minArea = New("--min-mask-region-area", "Clear smaller holes and islands, pixels", Defaults.MinMaskRegionArea);

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> Options =>
    [
        _pointsPerSide, _pointsPerBatch, _predictedIoU, _stability, _stabilityOffset, _boxNms, _cropLayers, _cropNms,
        _cropOverlap, _cropDownscale, _minArea,
    ];

    /// <summary>The settings for a model: what was given, the rest as suits it.</summary>
    public AutomaticMaskOptions Read(ParseResult parsed, string? model)
    {
        AutomaticMaskOptions otherwise = BundledModels.IsNano(model) ? AutomaticMaskOptions.Nano : Defaults;
        return new AutomaticMaskOptions
        {
            PointsPerSide = Given(parsed, _pointsPerSide, otherwise.PointsPerSide),
            PointsPerBatch = Given(parsed, _pointsPerBatch, otherwise.PointsPerBatch),
            PredictedIoUThreshold = Given(parsed, _predictedIoU, otherwise.PredictedIoUThreshold),
            StabilityScoreThreshold = Given(parsed, _stability, otherwise.StabilityScoreThreshold),
            StabilityScoreOffset = Given(parsed, _stabilityOffset, otherwise.StabilityScoreOffset),
            BoxNmsThreshold = Given(parsed, _boxNms, otherwise.BoxNmsThreshold),
            CropLayers = Given(parsed, _cropLayers, otherwise.CropLayers),
            CropNmsThreshold = Given(parsed, _cropNms, otherwise.CropNmsThreshold),
            CropOverlapRatio = Given(parsed, _cropOverlap, otherwise.CropOverlapRatio),
            CropPointsDownscaleFactor = Given(parsed, _cropDownscale, otherwise.CropPointsDownscaleFactor),
            MinMaskRegionArea = Given(parsed, _minArea, otherwise.MinMaskRegionArea),
        };
    }

    private static T Given<T>(ParseResult parsed, Option<T> option, T otherwise) =>
        parsed.GetResult(option) is { Implicit: false } ? parsed.GetValue(option)! : otherwise;

    /// <summary>The settings under SAM's names.</summary>
    public static IReadOnlyDictionary<string, object> Describe(AutomaticMaskOptions settings) => new Dictionary<string, object>
    {
        ["points_per_side"] = settings.PointsPerSide,
        ["points_per_batch"] = settings.PointsPerBatch,
        ["pred_iou_thresh"] = settings.PredictedIoUThreshold,
        ["stability_score_thresh"] = settings.StabilityScoreThreshold,
        ["stability_score_offset"] = settings.StabilityScoreOffset,
        ["box_nms_thresh"] = settings.BoxNmsThreshold,
        ["crop_n_layers"] = settings.CropLayers,
        ["crop_nms_thresh"] = settings.CropNmsThreshold,
        ["crop_overlap_ratio"] = settings.CropOverlapRatio,
        ["crop_n_points_downscale_factor"] = settings.CropPointsDownscaleFactor,
        ["min_mask_region_area"] = settings.MinMaskRegionArea,
    };

    private static Option<T> New<T>(string name, string description, T value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };
}
