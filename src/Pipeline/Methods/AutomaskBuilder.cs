using FrozenSeg.Pipeline.Sam.Automask;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Pipeline.Methods;

/// <summary>Makes <see cref="AutomaskMethod"/>.</summary>
internal sealed class AutomaskBuilder : IMethodBuilder
{
    private const string BatchName = "points_per_batch";

    private static readonly AutomaticMaskOptions Defaults = new();

    /// <inheritdoc/>
    public MethodCapabilities Capabilities { get; } =
        new(AutomaskMethod.MethodName, [SegmentationTask.Masks], NeedsWords: false);

    /// <inheritdoc/>
    public (string Name, int Default)? BatchSetting => (BatchName, Defaults.PointsPerBatch);

    /// <inheritdoc/>
    public IEnumerable<SegmentationProblem> Problems(MethodSettings settings)
    {
        AutomaticMaskOptions options = Read(settings);
        return
        [
            .. settings.Problems(),
            .. options.Problems().Select(problem => problem with { Where = SettingName(problem.Where) }),
        ];
    }

    /// <inheritdoc/>
    public ISegmentationMethod Create(ModelLibrary library, MethodSettings settings) =>
        new AutomaskMethod(library.Sam, Read(settings));

    private static AutomaticMaskOptions Read(MethodSettings settings) => new()
    {
        PointsPerSide = settings.Int("points_per_side", Defaults.PointsPerSide),
        PointsPerBatch = settings.Int(BatchName, Defaults.PointsPerBatch),
        PredictedIoUThreshold = settings.Float("pred_iou_thresh", Defaults.PredictedIoUThreshold),
        StabilityScoreThreshold = settings.Float("stability_score_thresh", Defaults.StabilityScoreThreshold),
        StabilityScoreOffset = settings.Float("stability_score_offset", Defaults.StabilityScoreOffset),
        BoxNmsThreshold = settings.Double("box_nms_thresh", Defaults.BoxNmsThreshold),
        CropLayers = settings.Int("crop_n_layers", Defaults.CropLayers),
        CropNmsThreshold = settings.Double("crop_nms_thresh", Defaults.CropNmsThreshold),
        CropOverlapRatio = settings.Double("crop_overlap_ratio", Defaults.CropOverlapRatio),
        CropPointsDownscaleFactor = settings.Int("crop_n_points_downscale_factor", Defaults.CropPointsDownscaleFactor),
        MinMaskRegionArea = settings.Int("min_mask_region_area", Defaults.MinMaskRegionArea),
    };

    // The options know themselves by their names on the command line.
    private static string SettingName(string option) => "settings." + option.TrimStart('-').Replace('-', '_');
}
