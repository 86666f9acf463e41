using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Pipeline.Families.Sam.Automask;

/// <summary>Makes <see cref="AutomaskMethod"/>.</summary>
internal sealed class AutomaskBuilder : IMethodBuilder
{
    private const string BatchName = "points_per_batch", PresetName = "preset";

    private static readonly AutomaticMaskOptions Defaults = new();

    /// <inheritdoc/>
    public MethodCapabilities Capabilities { get; } =
        new(AutomaskMethod.MethodName, [SegmentationTask.Masks], NeedsWords: false);

    /// <inheritdoc/>
    public (string Name, int Default)? BatchSetting => (BatchName, Defaults.PointsPerBatch);

    /// <inheritdoc/>
    public IEnumerable<SegmentationProblem> Problems(MethodSettings settings)
    {
        AutomaticMaskOptions options = Read(settings, Defaults);
        SegmentationProblem[] preset = settings.Text(PresetName) is string name && !AutomaticMaskPresets.All.ContainsKey(name)
            ?
            [
                new SegmentationProblem(
                    ProblemKind.InvalidRequest, $"settings.{PresetName}", $"there is no preset '{name}' of automatic masks", $"Use one of {string.Join(", ", AutomaticMaskPresets.All.Keys)}"),
            ]
            : [];
        return
        [
            .. preset,
            .. settings.Problems(),
            .. options.Problems().Select(problem => problem with { Where = SettingName(problem.Where) }),
        ];
    }

    /// <inheritdoc/>
    public ISegmentationMethod Create(ModelLibrary library, MethodSettings settings)
    {
        IPromptableModel model = library.Sam;
        return new AutomaskMethod(model, Read(settings, AutomaticMaskPresets.Find(settings.Text(PresetName), model)));
    }

    private static AutomaticMaskOptions Read(MethodSettings settings, AutomaticMaskOptions defaults) => defaults with
    {
        PointsPerSide = settings.Int("points_per_side", defaults.PointsPerSide),
        PointsPerBatch = settings.Int(BatchName, defaults.PointsPerBatch),
        PredictedIoUThreshold = settings.Float("pred_iou_thresh", defaults.PredictedIoUThreshold),
        StabilityScoreThreshold = settings.Float("stability_score_thresh", defaults.StabilityScoreThreshold),
        StabilityScoreOffset = settings.Float("stability_score_offset", defaults.StabilityScoreOffset),
        BoxNmsThreshold = settings.Double("box_nms_thresh", defaults.BoxNmsThreshold),
        CropLayers = settings.Int("crop_n_layers", defaults.CropLayers),
        CropNmsThreshold = settings.Double("crop_nms_thresh", defaults.CropNmsThreshold),
        CropOverlapRatio = settings.Double("crop_overlap_ratio", defaults.CropOverlapRatio),
        CropPointsDownscaleFactor = settings.Int("crop_n_points_downscale_factor", defaults.CropPointsDownscaleFactor),
        MinMaskRegionArea = settings.Int("min_mask_region_area", defaults.MinMaskRegionArea),
    };

    // The options know themselves by their names on the command line.
    private static string SettingName(string option) => "settings." + option.TrimStart('-').Replace('-', '_');
}
