using System.CommandLine;
using FrozenSeg.Cli.Commands;

namespace FrozenSeg.EndToEnd.Tests;

public sealed class OptionParsingTests
{
    public static TheoryData<string, string, string> Options
    {
        get
        {
            var options = new TheoryData<string, string, string>();
            Collect(FrozenSegCommand.Create(), "", options);
            return options;
        }
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void Parse_EveryOption_TakesAValueOfItsKind(string command, string option, string value)
    {
        ParseResult parsed = FrozenSegCommand.Create()
            .Parse([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), option, value]);

        // Other options and arguments that are required are not given here.
        Assert.DoesNotContain(
            parsed.Errors, error => error.Message.Contains("parse", StringComparison.OrdinalIgnoreCase));
    }

    private static void Collect(Command command, string path, TheoryData<string, string, string> options)
    {
        foreach (Option option in command.Options.Where(option => option.Name is not ("--help" or "--version")))
            options.Add(path, option.Name, Sample(option.ValueType));
        foreach (Command inner in command.Subcommands)
            Collect(inner, $"{path} {inner.Name}", options);
    }

    private static string Sample(Type type)
    {
        Type element = type.IsArray ? type.GetElementType()! : Nullable.GetUnderlyingType(type) ?? type;
        return element == typeof(bool) ? "true"
            : element == typeof(string) ? "name=value"
            : element.IsEnum ? Enum.GetNames(element)[0].ToLowerInvariant()
            : "1";
    }
}
