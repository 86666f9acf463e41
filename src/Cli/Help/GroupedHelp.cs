using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using FrozenSeg.Cli.Arguments;

namespace FrozenSeg.Cli.Help;

/// <summary>
/// Help that can be read: what it is for, two examples, and options under headings with the defaults that hold here.
/// </summary>
internal sealed class GroupedHelp : SynchronousCommandLineAction
{
    private const int LeftWidth = 30, LeastWidth = 72, MostWidth = 120;

    private static readonly (string Title, string[] Names)[] Commands =
    [
        ("Segment", ["segment", "segment-video", "automask", "predict", "watch"]),
        ("Serve", ["serve", "mcp"]),
        ("Models and words", ["models", "vocabularies"]),
        ("Measure", ["eval", "scenes", "demo"]),
        ("Hand on", ["convert", "completion"]),
    ];

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <summary>Puts this help in place of the parser's own.</summary>
    public static RootCommand On(RootCommand root)
    {
        foreach (HelpOption help in root.Options.OfType<HelpOption>())
            help.Action = new GroupedHelp();
        return root;
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        Write(parseResult.CommandResult.Command, parseResult.InvocationConfiguration.Output);
        return 0;
    }

    private static void Write(Command command, TextWriter screen)
    {
        int width = Console.IsOutputRedirected ? MostWidth : Math.Clamp(Console.WindowWidth, LeastWidth, MostWidth);
        string path = PathOf(command);
        screen.WriteLine(command.Description);
        screen.WriteLine();
        screen.WriteLine($"Usage: {path}{Usage(command)}");
        Section("Examples", HelpExamples.Of(path).Select(example => (example, (string?)null)));
        Section("Arguments", command.Arguments.Select(argument => ($"<{argument.Name}>", argument.Description)));
        foreach ((string title, Command[] commands) in Grouped([.. command.Subcommands]))
            Section(title, commands.Select(inner => (inner.Name, inner.Description)));
        // Weight files are looked into for them: only where a method's settings are options.
        IReadOnlyDictionary<string, string> defaults = command.Options.Any(
            option => SettingOptions.Describe(option, null) is not null)
            ? DefaultsInUse.Find()
            : new Dictionary<string, string>();
        foreach ((string title, IReadOnlyList<Option> options) in
            OptionGroups.Of([.. command.Options.Where(option => !option.Hidden && option is not HelpOption)]))
            Section(title, options.Select(option => (Label(option), (string?)Describe(option, defaults))));
        if (command.Subcommands.Count > 0)
        {
            screen.WriteLine();
            screen.WriteLine($"{path} COMMAND --help says more.");
        }

        void Section(string title, IEnumerable<(string Left, string? Right)> rows)
        {
            (string Left, string? Right)[] all = [.. rows];
            if (all.Length == 0)
                return;
            screen.WriteLine();
            screen.WriteLine(title);
            foreach ((string left, string? right) in all)
                WriteRow(screen, left, right, width);
        }
    }

    private static void WriteRow(TextWriter screen, string left, string? right, int width)
    {
        string indented = $"  {left}";
        if (string.IsNullOrEmpty(right))
        {
            screen.WriteLine(indented);
            return;
        }

        bool fits = indented.Length < LeftWidth;
        if (!fits)
            screen.WriteLine(indented);
        string lead = fits ? indented.PadRight(LeftWidth) : new string(' ', LeftWidth);
        foreach (string line in Wrap(right, width - LeftWidth))
        {
            screen.WriteLine(lead + line);
            lead = new string(' ', LeftWidth);
        }
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        var line = new System.Text.StringBuilder();
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        yield return line.ToString();
    }

    private static IEnumerable<(string Title, Command[] Commands)> Grouped(Command[] commands)
    {
        Command[] Named(string[] names) =>
            [.. names.Select(name => commands.FirstOrDefault(command => command.Name == name)).OfType<Command>()];
        Command[] left = [.. commands.Where(command => !Commands.Any(group => group.Names.Contains(command.Name)))];
        return
        [
            .. Commands.Select(group => (group.Title, Named(group.Names))).Where(group => group.Item2.Length > 0),
            ("Commands", left),
        ];
    }

    private static string Usage(Command command)
    {
        IEnumerable<string> arguments = command.Arguments.Select(argument =>
        {
            string name = $"<{argument.Name}>{(argument.Arity.MaximumNumberOfValues > 1 ? "…" : "")}";
            return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
        });
        IEnumerable<string> required = command.Options.Where(option => option.Required)
            .Select(option => $"{option.Name} <{option.Name.TrimStart('-')}>");
        string rest = command.Options.Any(option => !option.Required) ? " [options]" : "";
        return string.Concat(arguments.Concat(required).Select(word => $" {word}"))
            + (command.Subcommands.Count > 0 ? " COMMAND" : rest);
    }

    private static string Label(Option option) => option.ValueType == typeof(bool) || option.ValueType == typeof(void)
        ? option.Name
        : $"{option.Name} …";

    private static string Describe(Option option, IReadOnlyDictionary<string, string> defaults)
    {
        string text = SettingOptions.Describe(option, defaults.GetValueOrDefault(option.Name))
            ?? option.Description
            ?? "";
        if (option.Required)
            return $"{text}. Required.";
        object? otherwise = option.HasDefaultValue && !text.Contains("Default", StringComparison.Ordinal)
            ? option.GetDefaultValue()
            : null;
        return otherwise is null or "" or System.Collections.ICollection { Count: 0 } or false
            ? text
            : $"{text}. Default: {Text(otherwise).TrimEnd('.')}.";
    }

    private static string Text(object value) => value switch
    {
        IEnumerable<string> several => string.Join(", ", several),
        Enum choice => choice.ToString().ToLowerInvariant(),
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };

    /// <summary>How a command is called, such as <c>frozenseg models pull</c>.</summary>
    public static string PathOf(Command command)
    {
        var names = new Stack<string>();
        for (Command? at = command; at is not null; at = at.Parents.OfType<Command>().FirstOrDefault())
            names.Push(at is RootCommand ? "frozenseg" : at.Name);
        return string.Join(' ', names);
    }
}
