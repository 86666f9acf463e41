using FrozenSeg.Pipeline.Families.ClipAsRnn.Activation;
using FrozenSeg.Pipeline.Families.ClipAsRnn.MaskMatching;
using FrozenSeg.Pipeline.Families.ClipAsRnn.Recurrence;
using FrozenSeg.Pipeline.Families.ClipAsRnn.VisualPrompts;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Pipeline.Methods.Settings;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn;

/// <summary>The settings of CLIP as RNN under the names of the released configurations (car.md 11).</summary>
internal static class CarSettings
{
    /// <summary>Name of the setting that changes memory before it changes masks.</summary>
    public const string BatchName = "max_patches";

    private const string DefaultPreset = "voc", PresetName = "preset";
    private const string Configurations = "released configurations";

    /// <summary>The settings.</summary>
    public static SettingTable<CarOptions> Table { get; } = new(
        new CarOptions(),
        new TextSetting<CarOptions>(PresetName, _ => null, (o, _) => o)
        {
            Text = "Published settings by dataset, which the others change; nano is ours, for the bundled models",
            Choices = [.. CarPresets.All.Keys],
            Default = $"{DefaultPreset}; bundled models: nano",
            Source = Configurations,
        },
        new NumberSetting<CarOptions, float>(
            "mask_threshold", o => o.MaskThreshold, (o, v) => o with { MaskThreshold = v })
        {
            Text = "η: a pixel above it is part of the mask that is prompted",
            Range = SettingRange.Share,
            Source = Configurations,
        },
        new NumberSetting<CarOptions, float>(
            "confidence_threshold",
            o => o.QueryThreshold,
            (o, v) => o with { QueryThreshold = v, ReferringQueryThreshold = null })
        {
            Text = "θ: a query that scores no more is dropped",
            Range = SettingRange.Share,
            Option = "--query-threshold",
            Source = Configurations,
        },
        new NumberSetting<CarOptions, double>(
            "clipes_threshold", o => o.CamBoxThreshold, (o, v) => o with { CamBoxThreshold = v })
        {
            Text = "λ: share of a map's peak from which boxes limit the affinity",
            Range = SettingRange.Share,
            Option = "--cam-threshold",
            Source = Configurations,
        },
        new TextSetting<CarOptions>(
            "visual_prompt_type",
            o => VisualPromptNames.Format(o.VisualPrompts),
            (o, text) => o with { VisualPrompts = VisualPromptNames.Parse(text) })
        {
            Text = "How a mask is pointed out; joined by commas",
            Choices = VisualPromptNames.All,
            Option = "--visual-prompt",
            Source = "CaR, table 4; " + Configurations,
        },
        new TextSetting<CarOptions>(
            "stuff_visual_prompt_type",
            o => VisualPromptNames.Format(o.StuffVisualPrompts ?? o.VisualPrompts),
            (o, text) => o with { StuffVisualPrompts = VisualPromptNames.Parse(text) })
        {
            Text = "The same for stuff in a pass of its own",
            Choices = VisualPromptNames.All,
            Default = "visual_prompt_type",
            Option = "--stuff-visual-prompt",
            Source = Configurations,
        },
        new ChoiceSetting<CarOptions, CamTarget>("cam", o => o.Cam, (o, v) => o with { Cam = v })
        {
            Text = "Maps: clip-es competes with the background, grad-cam is the cosine alone",
            Source = "CaR, section 3.2",
        },
        new SwitchSetting<CarOptions>("affinity", o => o.UsesAffinity, (o, v) => o with { UsesAffinity = v })
        {
            Text = "Spread maps along CLIP's attention",
            Source = "CaR, equation 8",
        },
        new TextSetting<CarOptions>(
            "background",
            o => o.Background.Count == 0 ? "none" : string.Join("; ", o.Background),
            (o, text) => o with { Background = BackgroundQueries.Parse(text) })
        {
            Text = "Phrases that only absorb pixels: a group, or phrases of your own, joined by semicolons",
            Choices = ["none", "released", "terrestrial", "aquatic", "man-made", "all"],
            Default = "released",
            Source = "CaR, appendix D; " + Configurations,
        },
        new ChoiceSetting<CarOptions, MutualBackground>(
            "mutual_background", o => o.MutualBackground, (o, v) => o with { MutualBackground = v })
        {
            Text = "Things and stuff in two passes, as the released code or as the paper has it",
            Source = "CaR, section 4",
        },
        new TextSetting<CarOptions>("cam_text_template", o => o.CamTemplate, (o, text) => o with { CamTemplate = text })
        {
            Text = "Sentence around queries in maps, {} for the query",
            Source = Configurations,
        },
        new TextSetting<CarOptions>(
            "templates", o => string.Join(" | ", o.ClassifierTemplates), (o, text) => o with
            {
                ClassifierTemplates = Sentences(text),
            })
        {
            Text = "Sentences of the classifier, {} for the query, separated by |",
            Default = "the 15 released",
            Source = Configurations,
        },
        new NumberSetting<CarOptions, int>("max_rounds", o => o.MaxRounds, (o, v) => o with { MaxRounds = v })
        {
            Text = "Rounds after which the recurrence ends; 0 when nothing is dropped any more",
            Range = SettingRange.AtLeast(0),
        },
        new SwitchSetting<CarOptions>("skip_last_block", o => o.SkipsLastBlock, (o, v) => o with { SkipsLastBlock = v })
        {
            Text = "Whether the classifier leaves out its last block, as released",
            Source = "released code",
        },
        new SwitchSetting<CarOptions>("crf", o => o.UsesCrf, (o, v) => o with { UsesCrf = v })
        {
            Text = "Refine masks by the dense CRF",
            Source = "CaR, section 3",
        },
        new NumberSetting<CarOptions, float>(
            "bg_factor", o => o.BackgroundFactor, (o, v) => o with { BackgroundFactor = v })
        {
            Text = "Exponent of the background's score in the CRF",
            Range = new(0, 100, ExcludesLow: true),
            Source = Configurations,
        },
        new SwitchSetting<CarOptions>("with_background", o => o.HasBackground, (o, v) => o with { HasBackground = v })
        {
            Text = "Whether pixels may belong to no query",
        },
        new NumberSetting<CarOptions, float>(
            "presence_threshold", o => o.PresenceThreshold, (o, v) => o with { PresenceThreshold = v })
        {
            Text = "Referring: no mask for an expression CLIP is less sure of; 0 always gives one",
            Range = SettingRange.Share,
        },
        new SwitchSetting<CarOptions>("one_object", o => o.IsOneObject, (o, v) => o with { IsOneObject = v })
        {
            Text = "Referring: all expressions describe one object",
            Source = "released code",
        },
        new SwitchSetting<CarOptions>(
            "snap", o => o.Matching is not null, (o, v) => o with
            {
                Matching = v ? o.Matching ?? new MaskMatchingOptions() : null,
            })
        {
            Text = "Snap masks to those of SAM; on when a SAM is named on the command line",
            Source = "CaR, appendix",
        },
        new NumberSetting<CarOptions, int>(BatchName, o => o.MaxPatches, (o, v) => o with { MaxPatches = v })
        {
            Text = "Most patches for proposals; larger pictures are made smaller for them",
            Range = new(16, 10_000),
            Unit = "patches",
        },
        new NumberSetting<CarOptions, int>("max_pixels", o => o.MaxPixels, (o, v) => o with { MaxPixels = v })
        {
            Text = "Most pixels a picture is worked on with",
            Range = new(256, 50_000_000),
            Unit = "pixels",
        },
        new NumberSetting<CarOptions, int>("max_queries", o => o.MaxQueries, (o, v) => o with { MaxQueries = v })
        {
            Text = "Most queries of a picture: each is one look of the classifier",
            Range = SettingRange.Positive,
        },
        new NumberSetting<CarOptions, int>("max_crf_labels", o => o.MaxCrfLabels, (o, v) => o with { MaxCrfLabels = v })
        {
            Text = "Most masks that compete in the CRF; more are decided without it",
            Range = SettingRange.Positive,
        },
        new TextSetting<CarOptions>(
            "background_class", o => o.BackgroundClass, (o, text) => o with { BackgroundClass = text.Trim() })
        {
            Text = "Name of the class that pixels of no query get; without it they are void",
        },
        new NumberSetting<CarOptions, float>(
            "iom_threshold", o => o.Matching?.IoMThreshold, (o, v) => o with
            {
                Matching = o.Matching is { } m ? m with { IoMThreshold = v } : null,
            })
        {
            Text = "φ_iom, with snap: SAM masks with more intersection over minimum are joined",
            Range = SettingRange.Share,
            Default = "0.7",
            Source = "CaR, appendix",
        },
        new NumberSetting<CarOptions, float>(
            "iou_threshold", o => o.Matching?.IoUThreshold, (o, v) => o with
            {
                Matching = o.Matching is { } m ? m with { IoUThreshold = v } : null,
            })
        {
            Text = "φ_iou, with snap: the joined masks replace a mask they overlap by more",
            Range = SettingRange.Share,
            Default = "0.7",
            Unit = "IoU",
            Source = "CaR, appendix",
        },
        new NumberSetting<CarOptions, float>(
            "min_pred_threshold", o => o.Matching?.SmallestShare, (o, v) => o with
            {
                Matching = o.Matching is { } m ? m with { SmallestShare = v } : null,
            })
        {
            Text = "With snap: a SAM mask that covers a smaller share of the mask counts only by that share",
            Range = SettingRange.Share,
            Default = "0.05",
            Source = Configurations,
        });

    /// <summary>The preset's options, with what was given in place of its values.</summary>
    public static CarOptions Read(MethodSettings settings, string defaultPreset = DefaultPreset) =>
        Table.Read(settings, CarPresets.Find(settings.Text(PresetName) ?? defaultPreset));

    /// <summary>
    /// Every setting in use under its name, in the form <see cref="Read"/> takes; with the preset it began with.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Describe(
        CarOptions options, IReadOnlyDictionary<string, string>? given, bool isReferring)
    {
        var settings = new Dictionary<string, string>(given ?? new Dictionary<string, string>());
        foreach ((string name, string value) in
            Table.Describe(options with { QueryThreshold = options.QueryThresholdOf(isReferring) }))
            settings[name] = value;
        return settings;
    }

    private static string[] Sentences(string text) =>
        text.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
