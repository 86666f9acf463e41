using System.CommandLine;
using FrozenSeg.Cli.Commands;

namespace FrozenSeg.EndToEnd.Tests;

public sealed class FrozenSegCommandTests
{
    public static TheoryData<string> Commands =>
        [.. FrozenSegCommand.Create().Subcommands.Select(command => command.Name)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void CreateFor_ACallOfACommand_IsThatCommandAlone(string name)
    {
        Command whole = FrozenSegCommand.Create().Subcommands.Single(command => command.Name == name);

        Command alone = Assert.Single(FrozenSegCommand.CreateFor([name, "--help"]).Subcommands);

        Assert.Equal(name, alone.Name);
        Assert.Equal(Screen(whole), Screen(alone));
    }

    [Theory]
    [InlineData()]
    [InlineData("--help")]
    [InlineData("sgement")]
    [InlineData("[suggest:3]", "seg")]
    [InlineData("--version", "segment")]
    public void CreateFor_AnyOtherCall_IsTheWholeCommandLine(params string[] call) =>
        Assert.Equal(Commands.Count, FrozenSegCommand.CreateFor(call).Subcommands.Count);

    [Fact]
    public void CreateFor_Version_NeedsNoCommand()
    {
        using var screen = new StringWriter();

        RootCommand root = FrozenSegCommand.CreateFor(["--version"]);

        Assert.Empty(root.Subcommands);
        Assert.Equal(0, root.Parse(["--version"]).Invoke(new InvocationConfiguration { Output = screen }));
        Assert.Matches(@"^\d+\.\d+", screen.ToString());
    }

    private static string Screen(Command command)
    {
        using var screen = new StringWriter();
        Symbol root = command.Parents.Single();
        ParseResult parsed = ((RootCommand)root).Parse([command.Name, "--help"]);
        Assert.Equal(0, parsed.Invoke(new InvocationConfiguration { Output = screen }));
        return screen.ToString();
    }
}
