using System.Globalization;
using FrozenSeg.Pipeline.Families.ClipAsRnn.Activation;
using FrozenSeg.Pipeline.Families.ClipAsRnn.MaskMatching;
using FrozenSeg.Pipeline.Families.ClipAsRnn.VisualPrompts;
using FrozenSeg.Pipeline.Methods;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn;

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
            BackgroundClass = settings.Text("background_class")?.Trim() ?? preset.BackgroundClass,
            PresenceThreshold = settings.Float("presence_threshold", preset.PresenceThreshold),
            IsOneObject = settings.Bool("one_object", preset.IsOneObject),
            Matching = Matching(settings),
            MaxPatches = settings.Int("max_patches", preset.MaxPatches),
            MaxPixels = settings.Int("max_pixels", preset.MaxPixels),
            MaxQueries = settings.Int("max_queries", preset.MaxQueries),
            MaxCrfLabels = settings.Int("max_crf_labels", preset.MaxCrfLabels),
        };
    }

    /// <summary>Every setting in use under its name, in the form <see cref="Read"/> takes; with the preset it began with.</summary>
    public static IReadOnlyDictionary<string, string> Describe(
        CarOptions options, IReadOnlyDictionary<string, string>? given, bool isReferring)
    {
        var settings = new Dictionary<string, string>(given ?? new Dictionary<string, string>())
        {
            ["mask_threshold"] = Text(options.MaskThreshold),
            ["confidence_threshold"] = Text(options.QueryThresholdOf(isReferring)),
            ["clipes_threshold"] = Text(options.CamBoxThreshold),
            ["visual_prompt_type"] = VisualPromptNames.Format(options.VisualPrompts),
            ["stuff_visual_prompt_type"] = VisualPromptNames.Format(options.StuffVisualPrompts ?? options.VisualPrompts),
            ["cam"] = options.Cam is CamTarget.ClipEs ? "clip-es" : "grad-cam",
            ["affinity"] = Text(options.UsesAffinity),
            ["background"] = options.Background.Count == 0 ? "none" : string.Join("; ", options.Background),
            ["mutual_background"] = options.MutualBackground.ToString().ToLowerInvariant(),
            ["cam_text_template"] = options.CamTemplate,
            ["templates"] = string.Join(" | ", options.ClassifierTemplates),
            ["max_rounds"] = Text(options.MaxRounds),
            ["skip_last_block"] = Text(options.SkipsLastBlock),
            ["crf"] = Text(options.UsesCrf),
            ["bg_factor"] = Text(options.BackgroundFactor),
            ["with_background"] = Text(options.HasBackground),
            ["presence_threshold"] = Text(options.PresenceThreshold),
            ["one_object"] = Text(options.IsOneObject),
            ["snap"] = Text(options.Matching is not null),
            ["max_patches"] = Text(options.MaxPatches),
            ["max_pixels"] = Text(options.MaxPixels),
            ["max_queries"] = Text(options.MaxQueries),
            ["max_crf_labels"] = Text(options.MaxCrfLabels),
        };
        if (options.BackgroundClass is string background)
            settings["background_class"] = background;
        if (options.Matching is { } matching)
        {
            settings["iom_threshold"] = Text(matching.IoMThreshold);
            settings["iou_threshold"] = Text(matching.IoUThreshold);
            settings["min_pred_threshold"] = Text(matching.SmallestShare);
        }

        return settings;
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    private static string Text(bool value) => value ? "true" : "false";

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
