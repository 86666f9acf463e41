using FrozenSeg.Pipeline.Methods.Settings;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Families.Sam3.Concepts;

/// <summary>Settings of <see cref="Sam3Method"/>; thresholds are 0 to 1.</summary>
internal sealed record Sam3Options
{
    // A window of 24 patches of 14 pixels: squares of whole windows are not padded.
    private const int SizeStep = 336;

    private const string Published = "released code";
    private const string SizeName = "input_size", ExemplarsName = "exemplars";

    /// <summary>The settings.</summary>
    internal static SettingTable<Sam3Options> Table { get; } = new(
        new Sam3Options(),
        Share(
            "score_threshold",
            o => o.ScoreThreshold,
            (o, v) => o with { ScoreThreshold = v },
            "A mask's score, class score times presence, must be above it",
            Published),
        Share(
            "presence_threshold",
            o => o.PresenceThreshold,
            (o, v) => o with { PresenceThreshold = v },
            "How sure the model must be that a phrase is in the picture at all",
            "implied by the released score threshold"),
        Share(
            "class_threshold",
            o => o.ClassThreshold,
            (o, v) => o with { ClassThreshold = v },
            "How well a mask must fit its phrase, whether or not that is in the picture"),
        Share(
            "mask_threshold",
            o => o.MaskThreshold,
            (o, v) => o with { MaskThreshold = v },
            "A pixel belongs to a mask when its probability is above it",
            Published),
        Share(
            "nms_threshold",
            o => o.NmsThreshold,
            (o, v) => o with { NmsThreshold = v },
            "Of masks of one class that overlap more, IoU, the best stays; the released code keeps all: 1"),
        Share(
            "overlap_threshold",
            o => o.OverlapThreshold,
            (o, v) => o with { OverlapThreshold = v },
            "Panoptic: share of a mask that must be left for a segment"),
        new NumberSetting<Sam3Options, int>("tiles", o => o.Tiles, (o, v) => o with { Tiles = v })
        {
            Text = "Tiles along each side that are looked at beside the whole picture; 1 for none",
            Range = new(1, 8),
            Unit = "tiles",
        },
        Share(
            "tile_overlap",
            o => o.TileOverlap,
            (o, v) => o with { TileOverlap = v },
            "How far tiles overlap, over the picture's shorter side"),
        new NumberSetting<Sam3Options, int>(SizeName, o => o.InputSize, (o, v) => o with { InputSize = v })
        {
            Text = "Side of the square that a picture is squashed to, a multiple of 336; other sizes than 1008 were "
                + "not trained",
            Range = new(SizeStep, 6 * SizeStep),
            Unit = "pixels",
            Default = "1008",
        },
        new TextSetting<Sam3Options>(
            ExemplarsName, o => o.Exemplars.Length == 0 ? null : o.Exemplars, (o, v) => o with { Exemplars = v })
        {
            Text = "Boxes around examples: x0,y0,x1,y1 in pixels, with ,0 behind for what is not wanted; several by ;. "
                + "With several classes NAME: "
                + "stands before, and | between. For examples without a word the class is visual",
        });

    /// <summary>A mask's score, class score times presence, must be above it. Default: 0.5.</summary>
    public double ScoreThreshold { get; init; } = 0.5;

    /// <summary>How sure the model must be that a phrase is in the picture at all. Default: 0.5.</summary>
    public double PresenceThreshold { get; init; } = 0.5;

    /// <summary>How well a mask must fit its phrase. Default: 0.</summary>
    public double ClassThreshold { get; init; }

    /// <summary>A pixel belongs to a mask when its probability is above it. Default: 0.5.</summary>
    public double MaskThreshold { get; init; } = 0.5;

    /// <summary>Of masks of one class that overlap more, IoU, the best stays. Default: 0.7.</summary>
    public double NmsThreshold { get; init; } = 0.7;

    /// <summary>Share of a mask that must be left for a panoptic segment. Default: 0.8.</summary>
    public double OverlapThreshold { get; init; } = 0.8;

    /// <summary>Tiles along each side that are looked at beside the whole picture. Default: 1, none.</summary>
    public int Tiles { get; init; } = 1;

    /// <summary>How far tiles overlap, over the picture's shorter side. Default: 0.1.</summary>
    public double TileOverlap { get; init; } = 0.1;

    /// <summary>Side of the square that a picture is squashed to; null for the model's own. Default: null.</summary>
    public int? InputSize { get; init; }

    /// <summary>Boxes around examples, as <see cref="ExemplarBoxes"/> reads them. Default: none.</summary>
    public string Exemplars { get; init; } = "";

    /// <summary>Everything that makes these settings unusable.</summary>
    public IEnumerable<SegmentationProblem> Problems()
    {
        foreach (SegmentationProblem problem in Table.Problems(this))
            yield return problem;
        if (InputSize % SizeStep is not (null or 0))
        {
            yield return new SegmentationProblem(
                $"settings.{SizeName}",
                $"{InputSize} is not a multiple of {SizeStep}",
                $"Use {string.Join(", ", Enumerable.Range(1, 6).Select(step => step * SizeStep))}");
        }

        foreach (string fault in ExemplarBoxes.Faults(Exemplars))
        {
            yield return new SegmentationProblem(
                $"settings.{ExemplarsName}",
                fault,
                "Give x0,y0,x1,y1 in pixels, or x0,y0,x1,y1,0 for what is not wanted");
        }
    }

    private static NumberSetting<Sam3Options, double> Share(
        string name,
        Func<Sam3Options, double?> get,
        Func<Sam3Options, double, Sam3Options> set,
        string text,
        string? source = null) =>
        new(name, get, set) { Text = text, Range = SettingRange.Share, Source = source, Option = OptionOf(name) };

    // Other methods have thresholds of these names, and an option of one method alone says which is meant.
    private static string OptionOf(string name) =>
        (name is "presence_threshold" or "mask_threshold" or "overlap_threshold" ? "--sam3-" : "--")
            + name.Replace('_', '-');
}
