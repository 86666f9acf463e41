using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using FrozenSeg.Cli.Help;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Cli.Arguments;

/// <summary>What is wrong with a command line before any command runs, in the words of this program.</summary>
internal static partial class ParseProblems
{
    /// <summary>
    /// A problem for every error of the parser; where a command or options are mistyped, for those alone: what follows
    /// them was never looked at.
    /// </summary>
    public static IEnumerable<SegmentationProblem> Of(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string help = $"See {GroupedHelp.PathOf(command)} --help";
        // The options after a command that there is not are those of another.
        if (command.Subcommands.Count > 0 && parsed.UnmatchedTokens.FirstOrDefault(
            token => !token.StartsWith('-')) is string word)
            return [Mistyped(word, "command", command.Subcommands.Select(known => known.Name), help)];
        string[] options = [.. parsed.UnmatchedTokens.Where(token => token.StartsWith('-')).Union(Swallowed(parsed))];
        return options.Length > 0
            ? options.Select(option => MistypedOption(option, NamesOf(command), help))
            : parsed.Errors.Select(error => Of(error, command.Name, help));
    }

    // To the parser a mistyped option is one more picture, or one more value of the option before it.
    private static IEnumerable<string> Swallowed(ParseResult parsed) => parsed.Tokens
        .TakeWhile(token => token.Type is not TokenType.DoubleDash)
        .Where(token => token.Type is TokenType.Argument && token.Value.StartsWith("--", StringComparison.Ordinal))
        .Select(token => token.Value)
        .Where(value => !File.Exists(value));

    /// <summary>Every option that a command takes.</summary>
    public static IEnumerable<string> NamesOf(Command command) =>
        command.Options.Where(option => !option.Hidden).Select(option => option.Name);

    /// <summary>A word that stands for nothing, with the one it may have meant.</summary>
    /// <param name="word">The word.</param>
    /// <param name="kind">What it should be.</param>
    /// <param name="known">Those there are.</param>
    /// <param name="help">What to do where none is like it.</param>
    public static SegmentationProblem Mistyped(string word, string kind, IEnumerable<string> known, string help) =>
        new(
            word,
            $"there is no such {kind}",
            Spelling.FindNearest(word, known) is string nearest ? $"Use {nearest}" : help);

    /// <inheritdoc cref="Mistyped"/>
    /// <param name="word">The word, with its value or without.</param>
    /// <param name="known">Those there are.</param>
    /// <param name="help">What to do where none is like it.</param>
    public static SegmentationProblem MistypedOption(string word, IEnumerable<string> known, string help) =>
        Mistyped(word.Split('=')[0], "option", known, help);

    private static SegmentationProblem Of(ParseError error, string command, string help)
    {
        Match match = Unparsable().Match(error.Message);
        if (match.Success && error.SymbolResult is OptionResult { Option: var option })
        {
            (string kind, string remedy) = Expected(Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType);
            return new SegmentationProblem(option.Name, $"'{match.Groups[1].Value}' is {kind}", remedy);
        }

        return new SegmentationProblem(
            command,
            error.Message.ReplaceLineEndings(" ").Trim().TrimEnd('.'),
            help);
    }

    private static (string Kind, string Remedy) Expected(Type type)
    {
        if (type.IsArray)
            type = type.GetElementType()!;
        if (type.IsEnum)
        {
            string names = string.Join(", ", Enum.GetNames(type).Select(name => name.ToLowerInvariant()));
            return ("not a valid choice", $"Use one of {names}");
        }

        return type == typeof(int) || type == typeof(long)
            ? ("not a whole number", "Give a whole number")
            : ("not a number", "Give a number, with a point before its decimals");
    }

    [GeneratedRegex("^Cannot parse argument '(.*?)' for option")]
    private static partial Regex Unparsable();
}
