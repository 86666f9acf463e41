using System.CommandLine;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Cli.Arguments;

/// <summary><c>--set NAME=VALUE</c>: any setting of a method, under its published name.</summary>
internal sealed class SettingOption
{
    private const string Name = "--set";

    private readonly Option<string[]> _settings = new(Name)
    {
        Description = "A setting of the method, NAME=VALUE; may be given several times",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Add(_settings);

    /// <summary>The settings by name; the last value of a name counts.</summary>
    /// <exception cref="SegmentationProblemException">A setting has no name or no value.</exception>
    public IReadOnlyDictionary<string, string> Read(ParseResult parsed) =>
        Over(parsed, new Dictionary<string, string>());

    /// <summary>Settings that options gave, overruled by those given here.</summary>
    /// <exception cref="SegmentationProblemException">One is not NAME=VALUE.</exception>
    public Dictionary<string, string> Over(ParseResult parsed, IReadOnlyDictionary<string, string> given)
    {
        var settings = new Dictionary<string, string>(given);
        foreach (string text in parsed.GetValue(_settings) ?? [])
        {
            if (text.Split('=', 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } name, string value])
            {
                throw SegmentationProblem.InvalidRequest(
                    Name, $"'{text}' is not NAME=VALUE", "For instance --set points_per_side=16");
            }

            settings[name] = value;
        }

        return settings;
    }
}
