using System.CommandLine;
using FrozenSeg.Pipeline;

namespace FrozenSeg.Cli.Help;

/// <summary>Under which heading an option stands in the help of a command that has many.</summary>
internal static class OptionGroups
{
    // Fewer are found at a glance.
    private const int Few = 9;

    private const string Other = "Options", SettingsOf = "Settings of ";

    private static readonly (string Title, string[] Names)[] Groups =
    [
        ("Dataset", ["--dataset", "--root", "--classes", "--split", "--limit", "--resume"]),
        ("Words", ["--prompts", "--prompts-file", "--vocabulary", "--expression"]),
        ("Prompts", ["--point", "--box", "--single-mask"]),
        ("Method", ["--method", "--task", "--set"]),
        ("Results", ["--out", "--overlay", "--json", "--again", "--once"]),
        ("Large pictures", ["--tile", "--tile-overlap-pixels"]),
        ("Listening", ["--urls", "--url", "--key"]),
        ("Storage", ["--state", "--keep-days", "--state-limit", "--min-free", "--feature-memory", "--body-memory"]),
        ("Limits", ["--max-waiting", "--longest-minutes", "--max-tiled", "--rate-limit", "--max-unfinished"]),
        (
            "Reach",
            ["--allow-urls", "--allow-callbacks", "--callback-secret", "--expand-endpoint", "--expand-deployment"]),
        ("Label Studio", ["--label-studio", "--label-studio-token"]),
        ("Models", [
            "--model", "--models", "--sam", "--car-clip", "--car-classifier", "--frozenseg", "--fcclip",
            "--frozenseg-clip", "--frozenseg-sam", "--sam3",
        ]),
        ("Machine",
        [
            "--provider", "--precision", "--threads", "--device", "--device-memory", "--profile", "--pictures",
            "--verbose", "--log",
        ]),
    ];

    /// <summary>
    /// The options of a command by heading: its own first, those of methods next, those of the machine last.
    /// </summary>
    public static IEnumerable<(string Title, IReadOnlyList<Option> Options)> Of(IReadOnlyList<Option> options)
    {
        if (options.Count <= Few)
            return [(Other, options)];
        return options.GroupBy(TitleOf)
            .OrderBy(group => PlaceOf(group.Key))
            .Select(group => (group.Key, (IReadOnlyList<Option>)[.. group]));
    }

    private static string TitleOf(Option option)
    {
        if (Groups.FirstOrDefault(group => group.Names.Contains(option.Name)).Title is string named)
            return named;
        string[] methods =
        [
            .. from method in MethodFactory.Methods
               where MethodFactory.Find(method.Name).Settings.Any(setting => setting.Option == option.Name)
               select method.Name,
        ];
        return methods.Length > 0 ? SettingsOf + string.Join(", ", methods) : Other;
    }

    private static int PlaceOf(string title)
    {
        int known = Array.FindIndex(Groups, group => group.Title == title);
        return known == Groups.Length - 1
            ? int.MaxValue
            : known >= 0
            ? known
            : title == Other
            ? Groups.Length
            : Groups.Length + 1;
    }
}
