using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Cli.Arguments;

/// <summary>What is wrong with a command line before any command runs, in the words of this program.</summary>
internal static partial class ParseProblems
{
    /// <summary>A problem for every error of the parser.</summary>
    public static IEnumerable<SegmentationProblem> Of(ParseResult parsed) =>
        parsed.Errors.Select(error => Of(error, parsed.CommandResult.Command.Name));

    private static SegmentationProblem Of(ParseError error, string command)
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
            $"See frozenseg {command} --help");
    }

    private static (string Kind, string Remedy) Expected(Type type)
    {
        if (type.IsArray)
            type = type.GetElementType()!;
        if (type.IsEnum)
        {
            string names = string.Join(", ", Enum.GetNames(type).Select(name => name.ToLowerInvariant()));
            return ("none of the choices", $"Use one of {names}");
        }

        return type == typeof(int) || type == typeof(long)
            ? ("not a whole number", "Give a whole number")
            : ("not a number", "Give a number, with a point before its decimals");
    }

    [GeneratedRegex("^Cannot parse argument '(.*?)' for option")]
    private static partial Regex Unparsable();
}
