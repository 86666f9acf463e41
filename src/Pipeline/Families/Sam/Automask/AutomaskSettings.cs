using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Pipeline.Methods.Settings;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Families.Sam.Automask;

/// <summary>The settings of automatic masks, under the names of SAM's <c>SamAutomaticMaskGenerator</c>.</summary>
internal static class AutomaskSettings
{
    /// <summary>Name of the setting that changes memory and not masks.</summary>
    internal const string BatchName = "points_per_batch";

    private const string PresetName = "preset";
    private const string Released = "SamAutomaticMaskGenerator; SAM, appendix B";

    /// <summary>The settings.</summary>
    internal static SettingTable<AutomaticMaskOptions> Table { get; } = new(
        new AutomaticMaskOptions(),
        new TextSetting<AutomaticMaskOptions>(PresetName, o => o.Preset, (o, _) => o)
        {
            Text = "Settings to start from",
            Choices = [.. AutomaticMaskPresets.All.Keys],
            Default = "what suits the SAM",
            Option = "--mask-preset",
        },
        new NumberSetting<AutomaticMaskOptions, int>(
            "points_per_side", o => o.PointsPerSide, (o, v) => o with { PointsPerSide = v })
        {
            Text = "Points along each side of the grid",
            Range = new(1, 512),
            Unit = "points",
            Source = Released,
        },
        new NumberSetting<AutomaticMaskOptions, int>(
            BatchName, o => o.PointsPerBatch, (o, v) => o with { PointsPerBatch = v })
        {
            Text = "Points decoded at a time; changes memory, not masks",
            Range = new(1, 4096),
            Unit = "points",
            Source = Released,
        },
        new NumberSetting<AutomaticMaskOptions, float>(
            "pred_iou_thresh", o => o.PredictedIoUThreshold, (o, v) => o with { PredictedIoUThreshold = v })
        {
            Text = "A mask's predicted IoU must be above it; 0 keeps all",
            Range = SettingRange.Share,
            Unit = "IoU",
            Source = Released,
        },
        new NumberSetting<AutomaticMaskOptions, float>(
            "stability_score_thresh", o => o.StabilityScoreThreshold, (o, v) => o with { StabilityScoreThreshold = v })
        {
            Text = "Least IoU between a mask's two thresholds; 0 keeps all",
            Range = SettingRange.Share,
            Unit = "IoU",
            Source = Released,
        },
        new NumberSetting<AutomaticMaskOptions, float>(
            "stability_score_offset", o => o.StabilityScoreOffset, (o, v) => o with { StabilityScoreOffset = v })
        {
            Text = "Distance of these two thresholds from 0",
            Range = new(0, 1000),
            Unit = "logits",
            Source = Released,
        },
        new NumberSetting<AutomaticMaskOptions, double>(
            "box_nms_thresh", o => o.BoxNmsThreshold, (o, v) => o with { BoxNmsThreshold = v })
        {
            Text = "Boxes that overlap more are duplicates",
            Range = SettingRange.Share,
            Unit = "IoU",
            Source = Released,
        },
        new NumberSetting<AutomaticMaskOptions, int>(
            "crop_n_layers", o => o.CropLayers, (o, v) => o with { CropLayers = v })
        {
            Text = "Layer i adds 4ⁱ overlapping crops, each segmented as a picture of its own",
            Range = new(0, 4),
            Source = Released,
        },
        new NumberSetting<AutomaticMaskOptions, double>(
            "crop_nms_thresh", o => o.CropNmsThreshold, (o, v) => o with { CropNmsThreshold = v })
        {
            Text = "As box_nms_thresh, between crops; finer crops win",
            Range = SettingRange.Share,
            Unit = "IoU",
            Source = Released,
        },
        new NumberSetting<AutomaticMaskOptions, double>(
            "crop_overlap_ratio", o => o.CropOverlapRatio, (o, v) => o with { CropOverlapRatio = v })
        {
            Text = "Overlap of the first layer's crops over the short side",
            Range = SettingRange.Share,
            Default = "512/1500",
            Source = Released,
        },
        new NumberSetting<AutomaticMaskOptions, int>(
            "crop_n_points_downscale_factor", o => o.CropPointsDownscaleFactor, (o, v) => o with
            {
                CropPointsDownscaleFactor = v,
            })
        {
            Text = "Points a side are divided by it once a layer",
            Range = SettingRange.Positive,
            Source = Released,
        },
        new NumberSetting<AutomaticMaskOptions, int>(
            "min_mask_region_area", o => o.MinMaskRegionArea, (o, v) => o with { MinMaskRegionArea = v })
        {
            Text = "Holes and islands below it are cleared",
            Range = SettingRange.AtLeast(0),
            Unit = "pixels",
            Source = Released,
        });

    /// <summary>The options for a SAM: what was given, the rest from the preset that was named or suits it.</summary>
    /// <exception cref="SegmentationProblemException">There is no such preset.</exception>
    public static AutomaticMaskOptions Read(MethodSettings settings, IPromptableModel model) =>
        Table.Read(settings, AutomaticMaskPresets.Find(settings.Text(PresetName), model));

    /// <summary>Everything that makes settings unusable, whatever the SAM.</summary>
    public static IEnumerable<SegmentationProblem> Problems(MethodSettings settings)
    {
        AutomaticMaskOptions options = Table.Read(settings, new AutomaticMaskOptions());
        SegmentationProblem[] preset = settings.Text(PresetName) is string name
            && !AutomaticMaskPresets.All.ContainsKey(name)
            ? [new SegmentationProblem(
                $"settings.{PresetName}",
                $"there is no preset '{name}' of automatic masks",
                $"Use one of {string.Join(", ", AutomaticMaskPresets.All.Keys)}")]
            : [];
        return [.. preset, .. settings.Problems(), .. options.Problems()];
    }

    /// <summary>Every value in use under its name, as a number or text.</summary>
    public static IReadOnlyDictionary<string, object> Values(AutomaticMaskOptions options) => Table.Values(options);
}
