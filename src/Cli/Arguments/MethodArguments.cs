using System.CommandLine;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Cli.Arguments;

/// <summary>The options of one method of <c>frozenseg segment</c>.</summary>
/// <param name="method">The method.</param>
/// <param name="known">Options that other methods of the command have, by name.</param>
internal class MethodArguments(IMethodBuilder method, Dictionary<string, Option> known)
{
    private readonly SettingOptions _settings = new(method.Settings, known);

    /// <summary>What <c>--method</c> calls it.</summary>
    public string Name => method.Capabilities.Name;

    /// <summary>Its options; methods may share some.</summary>
    public IReadOnlyList<Option> Options => _settings.Options;

    /// <summary>
    /// The settings that options gave, under their published names, overruled by those of <c>--set</c>.
    /// </summary>
    /// <exception cref="SegmentationProblemException">Some are unusable; names their options.</exception>
    public Dictionary<string, string> Settings(ParseResult parsed, SettingOption others)
    {
        IReadOnlyDictionary<string, string> set = others.Read(parsed);
        Dictionary<string, string> settings = others.Over(parsed, Given(parsed));
        _settings.Check(parsed, method.Problems(new MethodSettings(settings)), [.. set.Keys]);
        return settings;
    }

    /// <summary>The settings that options gave.</summary>
    protected virtual Dictionary<string, string> Given(ParseResult parsed) => _settings.Given(parsed);
}
