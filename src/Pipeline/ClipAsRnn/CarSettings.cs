using FrozenSeg.Pipeline.ClipAsRnn.MaskMatching;
using FrozenSeg.Pipeline.ClipAsRnn.VisualPrompts;
using FrozenSeg.Pipeline.Methods;

namespace FrozenSeg.Pipeline.ClipAsRnn;

/// <summary>The settings of CLIP as RNN under the names of the released configurations.</summary>
internal static class CarSettings
{
    private const string DefaultPreset = "voc";

    /// <summary>The preset's options, with what was given in place of its values.</summary>
    public static CarOptions Read(MethodSettings settings, string defaultPreset = DefaultPreset)
    {
        CarOptions preset = CarPresets.Find(settings.Text("preset") ?? defaultPreset);
        return preset with
        {
            MaskThreshold = settings.Float("mask_threshold", preset.MaskThreshold),
            QueryThreshold = settings.Float("confidence_threshold", preset.QueryThreshold),
            ReferringQueryThreshold = settings.Text("confidence_threshold") is null ? preset.ReferringQueryThreshold : null,
            MaxRounds = settings.Int("max_rounds", preset.MaxRounds),
            CamBoxThreshold = settings.Double("clipes_threshold", preset.CamBoxThreshold),
            VisualPrompts = Prompts(settings.Text("visual_prompt_type")) ?? preset.VisualPrompts,
            StuffVisualPrompts = Prompts(settings.Text("stuff_visual_prompt_type")) ?? preset.StuffVisualPrompts,
            Cam = settings.Choice("cam", preset.Cam),
            UsesAffinity = settings.Bool("affinity", preset.UsesAffinity),
            Background = settings.Text("background") is string background ? BackgroundQueries.Parse(background) : preset.Background,
            MutualBackground = settings.Choice("mutual_background", preset.MutualBackground),
            CamTemplate = settings.Text("cam_text_template") ?? preset.CamTemplate,
            ClassifierTemplates = settings.Text("templates") is string templates
                ? templates.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                : preset.ClassifierTemplates,
            SkipsLastBlock = settings.Bool("skip_last_block", preset.SkipsLastBlock),
            UsesCrf = settings.Bool("crf", preset.UsesCrf),
            BackgroundFactor = settings.Float("bg_factor", preset.BackgroundFactor),
            HasBackground = settings.Bool("with_background", preset.HasBackground),
            PresenceThreshold = settings.Float("presence_threshold", preset.PresenceThreshold),
            IsOneObject = settings.Bool("one_object", preset.IsOneObject),
            Matching = Matching(settings),
            MaxPatches = settings.Int("max_patches", preset.MaxPatches),
            MaxPixels = settings.Int("max_pixels", preset.MaxPixels),
            MaxQueries = settings.Int("max_queries", preset.MaxQueries),
            MaxCrfLabels = settings.Int("max_crf_labels", preset.MaxCrfLabels),
        };
    }

    private static VisualPrompt? Prompts(string? names) => names is null ? null : VisualPromptNames.Parse(names);

    private static MaskMatchingOptions? Matching(MethodSettings settings)
    {
        var defaults = new MaskMatchingOptions();
        var matching = new MaskMatchingOptions
        {
            IoMThreshold = settings.Float("iom_threshold", defaults.IoMThreshold),
            IoUThreshold = settings.Float("iou_threshold", defaults.IoUThreshold),
            SmallestShare = settings.Float("min_pred_threshold", defaults.SmallestShare),
        };
        return settings.Bool("snap", false) ? matching : null;
    }
}
