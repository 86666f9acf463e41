using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Methods.Settings;

/// <summary>The settings of a method, in the order they are described.</summary>
/// <param name="defaults">The options without any setting.</param>
/// <param name="settings">The settings. One that switches others off stands before them.</param>
internal sealed class SettingTable<TOptions>(TOptions defaults, params Setting<TOptions>[] settings)
{
    /// <summary>What is to be known of each.</summary>
    public IReadOnlyList<SettingDeclaration> Declarations { get; } =
        [.. settings.Select(setting => setting.Declare(defaults))];

    /// <summary>
    /// The options, with what was given in place of their values. What cannot be read is left to
    /// <paramref name="given"/>.
    /// </summary>
    public TOptions Read(MethodSettings given, TOptions options) =>
        settings.Aggregate(options, (read, setting) => setting.Read(given, read));

    /// <summary>Every value in use under its name, in the form that is read.</summary>
    public Dictionary<string, string> Describe(TOptions options) => settings
        .Where(setting => setting.Value(options) is not null)
        .ToDictionary(setting => setting.Name, setting => setting.Describe(options)!, StringComparer.Ordinal);

    /// <summary>Every value in use under its name.</summary>
    public Dictionary<string, object> Values(TOptions options) => settings
        .Where(setting => setting.Value(options) is not null)
        .ToDictionary(setting => setting.Name, setting => setting.Value(options)!, StringComparer.Ordinal);

    /// <summary>What makes single values unusable; rules between them are the options'.</summary>
    public IEnumerable<SegmentationProblem> Problems(TOptions options) =>
        settings.SelectMany(setting => setting.Problems(options));
}
