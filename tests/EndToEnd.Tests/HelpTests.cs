using System.CommandLine;
using System.CommandLine.Parsing;
using FrozenSeg.Cli.Commands;

namespace FrozenSeg.EndToEnd.Tests;

public sealed class HelpTests
{
    public static TheoryData<string> Commands => [.. Leaves(FrozenSegCommand.Create(), "")];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_OfEveryCommand_HasTwoExamplesThatParse(string path)
    {
        string[] examples = [.. Help(path).Where(
            line => line.StartsWith($"  frozenseg {path}", StringComparison.Ordinal)).Select(line => line.Trim())];

        Assert.Equal(2, examples.Length);
        foreach (string example in examples.Where(example => !example.EndsWith("--help", StringComparison.Ordinal)))
        {
            // The shell's quotes are single, the parser's double.
            string[] words = [.. CommandLineParser.SplitCommandLine(example.Replace('\'', '"')).Skip(1)];
            ParseResult parsed = FrozenSegCommand.Create().Parse(words);
            Assert.Empty(parsed.Errors);
            Assert.Equal(path.Split(' ')[^1], parsed.CommandResult.Command.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Options_OfACommand_HaveNamesOfTheirOwn(string path)
    {
        string[] names = [.. FrozenSegCommand.Create().Parse(path.Split(' ')).CommandResult.Command.Options.SelectMany(
            option => option.Aliases.Prepend(option.Name))];

        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void Help_OfAnOptionWithTheNameOfASetting_IsItsOwn() =>
        Assert.Contains(
            "  --background …              The background class; figures without it are given too",
            Help("eval semantic"));

    [Fact]
    public void Help_OfACommandWithManyOptions_HasThemUnderHeadingsWithTheDefaultsInUse()
    {
        string[] help = Help("automask");

        Assert.Equal(
            ["Examples", "Arguments", "Results", "Large pictures", "Models", "Settings of automask", "Machine"],
            help.Where(line => line.Length > 0 && line[0] is not ' ').Skip(2));
        Assert.All(help, line => Assert.InRange(line.Length, 0, 120));
        string points = string.Join(
            ' ', help.SkipWhile(line => !line.Contains("--points-per-side …", StringComparison.Ordinal)).Take(2));
        // The bundled SAM asks 16 points a side; what is published is 32.
        Assert.Contains("Default: 16.", points, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Leaves(Command command, string path) => command.Subcommands.Count == 0
        ? [path]
        : command.Subcommands.SelectMany(inner => Leaves(inner, $"{path} {inner.Name}".Trim()));

    private static string[] Help(string path)
    {
        using var screen = new StringWriter();
        FrozenSegCommand.Create()
            .Parse([.. path.Split(' '), "--help"])
            .Invoke(new InvocationConfiguration { Output = screen });
        return screen.ToString().Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
    }
}
