using System.Globalization;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones;

/// <summary>What a request changes of a model's own settings; null leaves it.</summary>
public sealed record FrozenSegSettings
{
    /// <summary>CLIP's exponent for seen classes.</summary>
    public double? Alpha { get; init; }

    /// <summary>CLIP's exponent for unseen classes.</summary>
    public double? Beta { get; init; }

    /// <summary>How far CLIP may overrule "no object".</summary>
    public double? CoatWeight { get; init; }

    /// <summary>Smallest score of a panoptic segment.</summary>
    public double? ObjectMaskThreshold { get; init; }

    /// <summary>Share of a mask that must be left.</summary>
    public double? OverlapThreshold { get; init; }

    /// <summary>Pairs looked at for instances.</summary>
    public int? Instances { get; init; }

    /// <summary>Whether SAM's masks help to classify.</summary>
    public MaskEnsembleMode Ensemble { get; init; }

    /// <summary>Share of SAM's masks in unseen classes.</summary>
    public double? SamShare { get; init; }

    /// <summary>A SAM mask is kept when an unseen class is more probable.</summary>
    public double? SamKeepThreshold { get; init; }

    /// <summary>Most SAM masks used.</summary>
    public int? SamMasks { get; init; }

    /// <summary>Pixels of the shortest side after the resize.</summary>
    public int? MinSize { get; init; }

    /// <summary>Most pixels of the longest side.</summary>
    public int? MaxSize { get; init; }

    /// <summary>Reads the settings of a request.</summary>
    public static FrozenSegSettings Read(MethodSettings settings)
    {
        return new FrozenSegSettings
        {
            Alpha = Real("alpha"),
            Beta = Real("beta"),
            CoatWeight = Real("coat_weight"),
            ObjectMaskThreshold = Real("object_mask_threshold"),
            OverlapThreshold = Real("overlap_threshold"),
            Instances = Whole("instances"),
            Ensemble = settings.Choice("ensemble", MaskEnsembleMode.Off),
            SamShare = Real("sam_share"),
            SamKeepThreshold = Real("sam_keep_threshold"),
            SamMasks = Whole("sam_masks"),
            MinSize = Whole("min_size"),
            MaxSize = Whole("max_size"),
        };

        double? Real(string name) => settings.Text(name) is null ? null : settings.Double(name, 0);

        int? Whole(string name) => settings.Text(name) is null ? null : settings.Int(name, 1);
    }

    /// <summary>Everything that makes these settings unusable.</summary>
    public IEnumerable<SegmentationProblem> Problems()
    {
        foreach (SegmentationProblem problem in ApplyTo(new FrozenSegOptions()).Problems())
            yield return problem;
        foreach ((string name, int? value) in new[] { ("min_size", MinSize), ("max_size", MaxSize) })
        {
            if (value is < 32 or > 8_192)
                yield return new SegmentationProblem(ProblemKind.InvalidRequest, $"settings.{name}", $"{value} is out of range", "Use 32 to 8,192");
        }

        if (MinSize > (MaxSize ?? int.MaxValue))
        {
            yield return new SegmentationProblem(
                ProblemKind.InvalidRequest, "settings.min_size", $"{MinSize} is more than max_size, {MaxSize}", "Use a smaller one");
        }
    }

    /// <summary>A model's settings with these changes.</summary>
    public FrozenSegOptions ApplyTo(FrozenSegOptions options) => options with
    {
        Alpha = Alpha ?? options.Alpha,
        Beta = Beta ?? options.Beta,
        CoatWeight = CoatWeight ?? options.CoatWeight,
        ObjectMaskThreshold = ObjectMaskThreshold ?? options.ObjectMaskThreshold,
        OverlapThreshold = OverlapThreshold ?? options.OverlapThreshold,
        InstanceCount = Instances ?? options.InstanceCount,
        MaskEnsemble = Ensemble,
        SamShare = SamShare ?? options.SamShare,
        SamKeepThreshold = SamKeepThreshold ?? options.SamKeepThreshold,
        SamMasks = SamMasks ?? options.SamMasks,
    };

    /// <summary>How a model prepares pictures with these changes.</summary>
    public FrozenSegInputOptions ApplyTo(FrozenSegInputOptions input) => input with
    {
        MinSize = MinSize ?? input.MinSize,
        MaxSize = MaxSize ?? Math.Max(MinSize ?? 0, input.MaxSize),
    };

    /// <summary>Every setting in use, under its name.</summary>
    public IReadOnlyDictionary<string, string> Describe(FrozenSegOptions options, FrozenSegInputOptions input)
    {
        FrozenSegInputOptions used = ApplyTo(input);
        return new Dictionary<string, string>
        {
            ["alpha"] = Text(options.Alpha),
            ["beta"] = Text(options.Beta),
            ["coat_weight"] = Text(options.CoatWeight),
            ["object_mask_threshold"] = Text(options.ObjectMaskThreshold),
            ["overlap_threshold"] = Text(options.OverlapThreshold),
            ["instances"] = Text(options.InstanceCount),
            ["ensemble"] = options.MaskEnsemble.ToString().ToLowerInvariant(),
            ["sam_share"] = Text(options.SamShare),
            ["sam_keep_threshold"] = Text(options.SamKeepThreshold),
            ["sam_masks"] = Text(options.SamMasks),
            ["min_size"] = Text(used.MinSize),
            ["max_size"] = Text(used.MaxSize),
        };
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
