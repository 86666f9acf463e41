using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Shared.Requests;

/// <summary>What a service accepts: its methods, its vocabularies, its limits, and what has been switched on.</summary>
internal sealed record RequestRules
{
    /// <summary>The methods, the default first.</summary>
    public required IReadOnlyList<MethodCapabilities> Methods { get; init; }

    /// <summary>
    /// Those of <see cref="Methods"/> whose networks are there: a request that names no method rather gets one of them.
    /// </summary>
    public IReadOnlyList<MethodCapabilities> Ready { get; init; } = [];

    /// <summary>Names of the vocabularies.</summary>
    public IReadOnlyCollection<string> Vocabularies { get; init; } = [];

    /// <summary>Everything wrong with the settings of a method.</summary>
    public Func<string, IReadOnlyDictionary<string, string>, IEnumerable<SegmentationProblem>> SettingProblems
    {
        get;
        init;
    } = (_, _) => [];

    /// <summary>Whether pictures are fetched from addresses. Default: false.</summary>
    public bool AllowsUrls { get; init; }

    /// <summary>Whether callbacks are made. Default: false.</summary>
    public bool AllowsCallbacks { get; init; }

    /// <summary>Whether a language model is configured. Default: false.</summary>
    public bool AllowsExpansion { get; init; }

    /// <summary>Whether pictures may be named as blobs.</summary>
    public bool AllowsBlobs { get; init; } = true;

    /// <summary>Longest address, characters. Default: 2,048.</summary>
    public int MaxUrlLength { get; init; } = 2_048;

    /// <summary>Most prompts and synonyms together. Default: 10,000.</summary>
    public int MaxPrompts { get; init; } = 10_000;

    /// <summary>Longest text of a prompt or synonym, characters. Default: 500.</summary>
    public int MaxPromptLength { get; init; } = 500;

    /// <summary>Most settings in a request. Default: 100.</summary>
    public int MaxSettings { get; init; } = 100;
}
