using System.CommandLine;
using System.Globalization;

namespace FrozenSeg.Cli;

/// <summary>The options of <c>segment --method frozenseg</c> and <c>--method fcclip</c>.</summary>
internal sealed class FrozenSegArguments
{
    private readonly Option<string?> _ensemble = new("--ensemble")
    {
        Description = "Whether SAM's masks help to classify: official (as released), corrected, off; off by default",
    };

    private readonly (string Setting, Option<double?> Option)[] _numbers =
    [
        ("alpha", new("--alpha") { Description = "CLIP's exponent for classes seen in training; 0.4" }),
        ("beta", new("--beta") { Description = "CLIP's exponent for unseen classes; 0.8" }),
        ("coat_weight", new("--coat-weight") { Description = "How far CLIP may overrule the decoder's \"no object\" (COAT, 0.5 there); 0" }),
        ("object_mask_threshold", new("--object-mask-threshold") { Description = "Smallest score of a panoptic segment; 0" }),
        ("overlap_threshold", new("--overlap-threshold") { Description = "Share of a mask that must be left; 0.8" }),
        ("sam_share", new("--sam-share") { Description = "Share of SAM's masks in unseen classes; 0.2" }),
        ("sam_keep_threshold", new("--sam-keep-threshold") { Description = "Smallest probability of an unseen class for a SAM mask; 0.5" }),
    ];

    private readonly (string Setting, Option<int?> Option)[] _counts =
    [
        ("instances", new("--instances") { Description = "Pairs of mask and class looked at for instances; 100" }),
        ("sam_masks", new("--sam-masks") { Description = "Most SAM masks that help; 50" }),
        ("min_size", new("--min-size") { Description = "Shortest side after the resize, pixels; 800" }),
        ("max_size", new("--max-size") { Description = "Most pixels of the longest side; 1333" }),
    ];

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> Options => [_ensemble, .. _numbers.Select(entry => entry.Option), .. _counts.Select(entry => entry.Option)];

    /// <summary>The settings that were given.</summary>
    public IReadOnlyDictionary<string, string> Read(ParseResult parsed)
    {
        var settings = new Dictionary<string, string>();
        if (parsed.GetValue(_ensemble) is string mode)
            settings["ensemble"] = mode;
        foreach ((string setting, Option<double?> option) in _numbers)
        {
            if (parsed.GetValue(option) is double value)
                settings[setting] = value.ToString(CultureInfo.InvariantCulture);
        }

        foreach ((string setting, Option<int?> option) in _counts)
        {
            if (parsed.GetValue(option) is int value)
                settings[setting] = value.ToString(CultureInfo.InvariantCulture);
        }

        return settings;
    }
}
