using System.CommandLine;
using FrozenSeg.Cli.Arguments;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.EndToEnd.Tests.Options;

/// <summary>Words of the user's own, from the command line or a file, or a published vocabulary.</summary>
public sealed class VocabularyArgumentsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly VocabularyArguments _arguments = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Prompts_File_HasALineForEachThingAndMayEndItAsPromptsDo()
    {
        string file = _folder.Write("words.txt", "cat, kitten;\n\n  dog  \r\ngrass (stuff)\n"u8.ToArray());

        Assert.Equal("cat, kitten; dog; grass (stuff)", _arguments.Prompts(Parse("--prompts-file", file)));
    }

    [Fact]
    public void Prompts_GivenTwice_IsRefused() =>
        Assert.Equal(
            "--prompts-file",
            Refused(() => _arguments.Prompts(Parse("--prompts", "cat", "--prompts-file", "words.txt"))).Where);

    [Fact]
    public void Prompts_FileThatIsNotThere_IsNamed()
    {
        string file = _folder.Path("none.txt");

        Assert.Equal(file, Refused(() => _arguments.Prompts(Parse("--prompts-file", file))).Where);
    }

    [Fact]
    public void Prompts_DeviceWithoutEnd_IsRefusedAtTheLimit()
    {
        if (OperatingSystem.IsLinux())
            Assert.Equal("/dev/zero", Refused(() => _arguments.Prompts(Parse("--prompts-file", "/dev/zero"))).Where);
    }

    [Fact]
    public void Read_NamedVocabulary_IsTaken() =>
        Assert.Equal(20, _arguments.Read(Parse("--vocabulary", "voc-20"), null)!.Categories.Count);

    [Fact]
    public void Read_WordsBesideANamedVocabulary_IsRefused() =>
        Assert.Equal("--vocabulary", Refused(() => _arguments.Read(Parse("--vocabulary", "voc-20"), "cat")).Where);

    [Fact]
    public void Read_Nothing_IsNothingInParticular() =>
        Assert.Null(_arguments.Read(Parse(), _arguments.Prompts(Parse())));

    private static SegmentationProblem Refused(Action work) =>
        Assert.Single(Assert.Throws<SegmentationProblemException>(work).Problems);

    private ParseResult Parse(params string[] arguments)
    {
        var command = new RootCommand();
        _arguments.AddTo(command);
        return command.Parse(arguments);
    }
}
