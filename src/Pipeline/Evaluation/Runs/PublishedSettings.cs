namespace FrozenSeg.Pipeline.Evaluation.Runs;

/// <summary>
/// The settings the two papers report their figures with, by dataset and method. CLIP as RNN keeps its thresholds, visual
/// prompts and templates in presets (car.md, section 11, after the released configurations); FrozenSeg and FC-CLIP look at
/// Cityscapes in larger pictures than elsewhere (frozenseg.md, section 7).
/// </summary>
internal static class PublishedSettings
{
    private const string Car = "car", Preset = "preset";

    private static readonly Dictionary<string, string> CarPresets = new()
    {
        ["voc-21"] = "voc",
        ["coco-object"] = "coco",
        ["pascal-context-59"] = "context",
        ["pascal-context-60"] = "context",
        ["pascal-context-459"] = "ade",
        ["ade20k-150"] = "ade",
        ["ade20k-847"] = "ade",
        ["refcoco"] = "refcoco",
        ["refcoco+"] = "refcoco+",
        ["refcocog"] = "refcocog",
        ["grefcoco"] = "gres",
    };

    /// <summary>The settings, those given by hand in place of the published ones.</summary>
    public static IReadOnlyDictionary<string, string> For(string dataset, string method, IReadOnlyDictionary<string, string> given)
    {
        var settings = new Dictionary<string, string>();
        if (method == Car && CarPresets.TryGetValue(dataset, out string? preset))
            settings[Preset] = preset;
        if (method is "frozenseg" or "fcclip" && dataset == "cityscapes")
            (settings["min_size"], settings["max_size"]) = ("1024", "2560");
        foreach ((string name, string value) in given)
            settings[name] = value;
        return settings;
    }
}
