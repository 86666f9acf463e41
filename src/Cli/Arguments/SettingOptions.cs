using System.CommandLine;
using FrozenSeg.Pipeline;
using FrozenSeg.Pipeline.Methods.Settings;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Cli.Arguments;

/// <summary>The declared settings of a method as options.</summary>
internal sealed class SettingOptions
{
    private const string Prefix = "settings.";

    private readonly (SettingDeclaration Setting, Option Option)[] _options;

    /// <param name="settings">The settings; those without an option are left to <c>--set</c>.</param>
    /// <param name="known">Options that other methods of the command have, by name: the same name is the same
    /// option.</param>
    public SettingOptions(IEnumerable<SettingDeclaration> settings, Dictionary<string, Option> known) =>
        _options = [.. settings.Where(setting => setting.Option is not null).Select(
            setting => (setting, OptionOf(setting, known)))];

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> Options => [.. _options.Select(entry => entry.Option)];

    /// <summary>The settings that were given, under their published names.</summary>
    public Dictionary<string, string> Given(ParseResult parsed)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((SettingDeclaration setting, Option option) in _options)
        {
            string? value = option is Option<bool?> toggle
                ? parsed.GetValue(toggle)?.ToString().ToLowerInvariant()
                : parsed.GetValue((Option<string?>)option);
            if (value is not null)
                settings[setting.Name] = value;
        }

        return settings;
    }

    /// <summary>
    /// Throws if something is wrong with the settings, with the option's name where an option gave the value.
    /// </summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="problems">What is wrong.</param>
    /// <param name="overruled">Names of settings that something else than their options gave.</param>
    /// <exception cref="SegmentationProblemException">There are problems.</exception>
    public void Check(
        ParseResult parsed, IEnumerable<SegmentationProblem> problems, IReadOnlyCollection<string> overruled)
    {
        SegmentationProblem[] found =
            [.. problems.Select(problem => problem with { Where = OptionAt(problem.Where) ?? problem.Where })];
        if (found.Length > 0)
            throw new SegmentationProblemException(found);

        string? OptionAt(string where) => _options
            .Where(entry => where == Prefix + entry.Setting.Name && !overruled.Contains(entry.Setting.Name))
            .FirstOrDefault(entry => parsed.GetResult(entry.Option) is { Implicit: false }).Option?.Name;
    }

    private static Option OptionOf(SettingDeclaration setting, Dictionary<string, Option> known)
    {
        if (!known.TryGetValue(setting.Option!, out Option? option))
            known[setting.Option!] = option = setting.Kind is SettingKind.Switch
                ? new Option<bool?>(setting.Option!)
                : new Option<string?>(setting.Option!);
        option.Description = Describe(setting);
        return option;
    }

    /// <summary>What help says of an option that is a method's setting; null for another option.</summary>
    /// <param name="option">The option; another may have a setting's name.</param>
    /// <param name="inUse">Its default with the networks in use; null for the published one.</param>
    public static string? Describe(Option option, string? inUse) => MethodFactory.Methods
        .SelectMany(method => MethodFactory.Find(method.Name).Settings)
        .FirstOrDefault(setting => setting.Option == option.Name && Describe(setting) == option.Description)
            is SettingDeclaration found
        ? Describe(inUse is null ? found : found with { Default = inUse })
        : null;

    private static string Describe(SettingDeclaration setting)
    {
        string range = setting.Range is { } numbers ? $"; {numbers}" : "";
        string unit = setting.Unit is null ? "" : $" {setting.Unit}";
        string choices = setting.Choices.Count == 0 ? "" : $": {string.Join(", ", setting.Choices)}";
        string otherwise = setting.Default is null ? "" : $". Default: {setting.Default}.";
        return setting.Text + choices + (range.Length > 0 ? range + unit : "") + otherwise;
    }
}
