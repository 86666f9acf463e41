using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Pipeline.Methods.Settings;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Configuration;

/// <summary>
/// The settings of FrozenSeg and FC-CLIP. A model's own metadata may give other defaults than the published ones.
/// </summary>
/// <param name="Answers">How answers are made.</param>
/// <param name="Input">How a picture is prepared.</param>
internal sealed record FrozenSegSettings(FrozenSegOptions Answers, FrozenSegInputOptions Input)
{
    private const string MinSizeName = "min_size", MaxSizeName = "max_size";
    private const string Configurations = "released configurations";

    /// <summary>The published ones.</summary>
    public static FrozenSegSettings Published { get; } = new(new FrozenSegOptions(), new FrozenSegInputOptions());

    /// <summary>The settings.</summary>
    internal static SettingTable<FrozenSegSettings> Table { get; } = new(
        Published,
        Share(
            "alpha", o => o.Alpha, (o, v) => o with
            {
                Alpha = v,
            }, "CLIP's exponent for classes seen in training", "FrozenSeg, equation 3"),
        Share(
            "beta",
            o => o.Beta,
            (o, v) => o with { Beta = v },
            "CLIP's exponent for other classes",
            "FrozenSeg, equation 3"),
        Share(
            "coat_weight",
            o => o.CoatWeight,
            (o, v) => o with { CoatWeight = v },
            "How far CLIP may overrule the decoder's \"no object\": its probability is multiplied by 1 − w·p, p being "
                + "the largest of CLIP's class probabilities",
            "COAT, the first part of OVRCOAT (0.5 there)"),
        Share(
            "object_mask_threshold",
            o => o.ObjectMaskThreshold,
            (o, v) => o with { ObjectMaskThreshold = v },
            "Smallest score of a panoptic segment; BDD100K: 0.4",
            Configurations),
        Share(
            "overlap_threshold",
            o => o.OverlapThreshold,
            (o, v) => o with { OverlapThreshold = v },
            "Share of a mask that must be left for a segment",
            Configurations),
        Count(
            "instances",
            o => o.InstanceCount,
            (o, v) => o with { InstanceCount = v },
            new(1, 10_000),
            "Pairs of query and class looked at; things are picked afterwards",
            Configurations),
        new ChoiceSetting<FrozenSegSettings, MaskEnsembleMode>(
            "ensemble", o => o.Answers.MaskEnsemble, (o, v) => o with { Answers = o.Answers with { MaskEnsemble = v } })
        {
            Text = "Whether SAM's masks help to classify, semantic answers only: official as released, corrected where "
                + "the picture lies",
            Source = "FrozenSeg, equation 4",
        },
        Share(
            "sam_share", o => o.SamShare, (o, v) => o with
            {
                SamShare = v,
            }, "ε: share of SAM's masks in unseen classes", "FrozenSeg, equation 4"),
        Share(
            "sam_keep_threshold",
            o => o.SamKeepThreshold,
            (o, v) => o with { SamKeepThreshold = v },
            "ξ: a SAM mask is kept when an unseen class is more probable",
            "FrozenSeg, equation 4"),
        Count(
            "sam_masks", o => o.SamMasks, (o, v) => o with
            {
                SamMasks = v,
            }, new(1, 1_000), "Most SAM masks that help, the largest first", "released code"),
        new NumberSetting<FrozenSegSettings, int>(MinSizeName, o => o.Input.MinSize, WithMinSize)
        {
            Text = "Shortest side after the resize; Cityscapes, Mapillary: 1024",
            Range = new(32, 8_192),
            Unit = "pixels",
            Source = Configurations,
        },
        new NumberSetting<FrozenSegSettings, int>(
            MaxSizeName, o => o.Input.MaxSize, (o, v) => o with { Input = o.Input with { MaxSize = v } })
        {
            Text = "Most of the longest side; Cityscapes, Mapillary: 2560",
            Range = new(32, 8_192),
            Unit = "pixels",
            Source = Configurations,
        });

    /// <summary>Everything that makes the settings unusable, whatever the model.</summary>
    internal static IEnumerable<SegmentationProblem> Problems(MethodSettings given)
    {
        FrozenSegSettings read = Table.Read(given, Published);
        foreach (SegmentationProblem problem in Table.Problems(read))
            yield return problem;
        if (given.Text(MinSizeName) is not null
            && given.Text(MaxSizeName) is not null
            && read.Input.MinSize > read.Input.MaxSize)
        {
            yield return new SegmentationProblem(
                $"settings.{MinSizeName}",
                $"{read.Input.MinSize} is more than {MaxSizeName}, {read.Input.MaxSize}",
                "Use a smaller one");
        }
    }

    // The longest side gives way, unless it is given too.
    private static FrozenSegSettings WithMinSize(FrozenSegSettings settings, int value) => settings with
    {
        Input = settings.Input with { MinSize = value, MaxSize = Math.Max(value, settings.Input.MaxSize) },
    };

    private static NumberSetting<FrozenSegSettings, double> Share(
        string name,
        Func<FrozenSegOptions, double> get,
        Func<FrozenSegOptions, double, FrozenSegOptions> set,
        string text,
        string source) =>
        new(name, o => get(o.Answers), (o, v) => o with { Answers = set(o.Answers, v) })
        {
            Text = text,
            Range = SettingRange.Share,
            Source = source,
        };

    private static NumberSetting<FrozenSegSettings, int> Count(
        string name,
        Func<FrozenSegOptions, int> get,
        Func<FrozenSegOptions, int, FrozenSegOptions> set,
        SettingRange range,
        string text,
        string source) =>
        new(name, o => get(o.Answers), (o, v) => o with { Answers = set(o.Answers, v) })
        {
            Text = text,
            Range = range,
            Source = source,
        };
}
