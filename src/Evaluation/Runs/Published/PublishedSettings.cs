using FrozenSeg.Evaluation.Runs.Datasets;
using FrozenSeg.Pipeline.Families.ClipAsRnn;
using FrozenSeg.Pipeline.Families.FrozenBackbones;

namespace FrozenSeg.Evaluation.Runs.Published;

/// <summary>
/// The settings the two papers report their figures with, by dataset and method, after the released configurations:
/// CLIP as RNN keeps its thresholds, visual prompts and templates in presets (car.md 11); FrozenSeg and FC-CLIP have
/// one configuration, larger pictures for street scenes and a threshold for BDD100K (frozenseg.md 7).
/// </summary>
internal static class PublishedSettings
{
    // Datasets that annotate their background count pixels that belong to nothing as wrong.
    private static readonly Dictionary<string, string> WithBackground = new()
    {
        ["background_class"] = DatasetWords.Background,
    };

    // (preset, what differs from it)
    private static readonly Dictionary<string, (string Preset, Dictionary<string, string> More)> Car = new()
    {
        ["voc-21"] = ("voc", WithBackground),
        ["coco-object"] = ("coco", WithBackground),
        ["pascal-context-59"] = ("context", []),
        ["pascal-context-60"] = ("context", WithBackground),
        ["pascal-context-459"] = ("context-459", []),
        ["ade20k-150"] = ("ade", []),
        ["ade20k-847"] = ("ade", []),
        // All expressions of an object are looked for at once, and their masks are joined (evaluate.py of the released
        // code).
        ["refcoco"] = ("refcoco", new() { ["one_object"] = "true" }),
        ["refcoco+"] = ("refcoco+", new() { ["one_object"] = "true" }),
        ["refcocog"] = ("refcocog", new() { ["one_object"] = "true" }),
        ["grefcoco"] = ("gres", []),
        // The paper gives none for video (car.md 11): each frame alone, and no object is dropped for another.
        ["ref-davis"] = ("refcoco", new() { ["confidence_threshold"] = "0" }),
    };

    private static readonly Dictionary<string, string> FrozenSeg = new()
    {
        ["alpha"] = "0.4",
        ["beta"] = "0.8",
        ["object_mask_threshold"] = "0",
        ["overlap_threshold"] = "0.8",
        ["instances"] = "100",
        ["min_size"] = "800",
        ["max_size"] = "1333",
    };

    private static readonly Dictionary<string, Dictionary<string, string>> FrozenSegBesides = new()
    {
        ["cityscapes"] = new() { ["min_size"] = "1024", ["max_size"] = "2560" },
        ["mapillary"] = new() { ["min_size"] = "1024", ["max_size"] = "2560" },
        ["bdd100k"] = new() { ["object_mask_threshold"] = "0.4" },
    };

    /// <summary>The settings, those given by hand in place of the published ones.</summary>
    public static IReadOnlyDictionary<string, string> For(
        string dataset, string method, IReadOnlyDictionary<string, string> given)
    {
        var settings = new Dictionary<string, string>();
        foreach ((string name, string value) in Published(dataset, method).Concat(given))
            settings[name] = value;
        return settings;
    }

    private static IEnumerable<KeyValuePair<string, string>> Published(string dataset, string method) => method switch
    {
        CarMethod.MethodName when Car.TryGetValue(dataset, out (string Preset, Dictionary<string, string> More) car) =>
            car.More.Prepend(KeyValuePair.Create("preset", car.Preset)),
        FrozenSegMethod.FrozenSegName or FrozenSegMethod.FcClipName when dataset != DatasetLayouts.Scenes =>
            FrozenSeg.Concat(FrozenSegBesides.GetValueOrDefault(dataset, [])),
        _ => [],
    };
}
