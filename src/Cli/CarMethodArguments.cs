using System.CommandLine;
using System.Globalization;
using FrozenSeg.Pipeline.Families.ClipAsRnn;

namespace FrozenSeg.Cli;

/// <summary><c>segment --method car</c>; what is not given comes from the preset.</summary>
internal sealed class CarMethodArguments : IMethodArguments
{
    private readonly Option<string?> _preset = new("--preset") { Description = $"Published settings: {string.Join(", ", CarPresets.All.Keys)}" };
    private readonly Option<float?> _mask = new("--mask-threshold") { Description = "η: a pixel above it is part of the mask that is prompted" };
    private readonly Option<float?> _query = new("--query-threshold") { Description = "θ: a query that scores no more is dropped" };
    private readonly Option<double?> _box = new("--cam-threshold") { Description = "λ: share of a map's peak from which boxes limit the affinity" };
    private readonly Option<string?> _prompt = new("--visual-prompt") { Description = "circle, rectangle, contour, blur, gray, mask, none; joined by commas" };
    private readonly Option<string?> _cam = new("--cam") { Description = "clip-es or grad-cam" };
    private readonly Option<string?> _background = new("--background")
    {
        Description = "none, released, terrestrial, aquatic, man-made, all, or phrases of your own; joined by semicolons",
    };

    private readonly Option<string?> _mutual = new("--mutual-background") { Description = "Things and stuff in two passes: none, released, paper" };
    private readonly Option<bool?> _affinity = new("--affinity") { Description = "Spread maps along CLIP's attention" };
    private readonly Option<bool?> _crf = new("--crf") { Description = "Refine masks by the dense CRF" };
    private readonly Option<bool?> _withBackground = new("--with-background") { Description = "Whether pixels may belong to no query" };
    private readonly Option<string?> _backgroundClass = new("--background-class") { Description = "Name of the class that pixels of no query get; without it they are void" };
    private readonly Option<bool?> _lastBlock = new("--skip-last-block") { Description = "Whether the classifier leaves out its last block, as released" };
    private readonly Option<float?> _presence = new("--presence-threshold") { Description = "Referring: no mask for an expression CLIP is less sure of" };
    private readonly Option<bool?> _oneObject = new("--one-object") { Description = "Referring: all expressions describe one object" };
    private readonly Option<bool?> _snap = new("--snap") { Description = "Snap masks to those of --sam; on when a SAM is named" };

    /// <inheritdoc/>
    public string Name => CarMethod.MethodName;

    /// <inheritdoc/>
    public IReadOnlyList<Option> Options =>
    [
        _preset, _mask, _query, _box, _prompt, _cam, _background, _mutual, _affinity, _crf, _withBackground,
        _backgroundClass, _lastBlock, _presence, _oneObject, _snap,
    ];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Settings(ParseResult parsed)
    {
        var settings = new Dictionary<string, string>();
        Add("preset", parsed.GetValue(_preset));
        Add("mask_threshold", Text(parsed.GetValue(_mask)));
        Add("confidence_threshold", Text(parsed.GetValue(_query)));
        Add("clipes_threshold", Text(parsed.GetValue(_box)));
        Add("visual_prompt_type", parsed.GetValue(_prompt));
        Add("cam", parsed.GetValue(_cam));
        Add("background", parsed.GetValue(_background));
        Add("mutual_background", parsed.GetValue(_mutual));
        Add("affinity", Text(parsed.GetValue(_affinity)));
        Add("crf", Text(parsed.GetValue(_crf)));
        Add("with_background", Text(parsed.GetValue(_withBackground)));
        Add("background_class", parsed.GetValue(_backgroundClass));
        Add("skip_last_block", Text(parsed.GetValue(_lastBlock)));
        Add("presence_threshold", Text(parsed.GetValue(_presence)));
        Add("one_object", Text(parsed.GetValue(_oneObject)));
        // Naming a SAM asks for it, unless that is taken back.
        Add("snap", Text(parsed.GetValue(_snap) ?? (parsed.GetValue<string?>(ModelArguments.SamName) is null ? null : true)));
        return settings;

        void Add(string name, string? value)
        {
            if (value is not null)
                settings[name] = value;
        }
    }

    private static string? Text(bool? value) => value is null ? null : value.Value ? "true" : "false";

    private static string? Text<T>(T? value)
        where T : struct, IFormattable => value?.ToString(null, CultureInfo.InvariantCulture);
}
