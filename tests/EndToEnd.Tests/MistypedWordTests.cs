using FrozenSeg.Cli.Arguments;

namespace FrozenSeg.EndToEnd.Tests;

public sealed class MistypedWordTests
{
    [Theory]
    [InlineData("segmnt photo.jpg", "segmnt: there is no such command. Use segment.")]
    [InlineData("segmnt photo.jpg --out o --prompts cat", "segmnt: there is no such command. Use segment.")]
    [InlineData("models pul sam --offline", "pul: there is no such command. Use pull.")]
    [InlineData("automask a.png --oot x.json", "--oot: there is no such option. Use --out.")]
    [InlineData("segment a.png --promts=cat --out o", "--promts: there is no such option. Use --prompts.")]
    [InlineData(
        "segment a.png --out o --task panoptic --prmopts cat", "--prmopts: there is no such option. Use --prompts.")]
    [InlineData("models lst", "lst: there is no such command. Use list.")]
    [InlineData("paint photo.jpg", "paint: there is no such command. See frozenseg --help.")]
    [InlineData("serve --port 80", "--port: there is no such option. See frozenseg serve --help.")]
    [InlineData("watch in --out o --promts cat", "--promts: there is no such option. Use --prompts.")]
    [InlineData("segment a.png --promts cat --out o", "--promts: there is no such option. Use --prompts.")]
    [InlineData(
        "models pull", "pull: Required argument missing for command: 'pull'. See frozenseg models pull --help.")]
    public void CommandLine_MistypedWord_IsOneLineThatNamesTheNearest(string words, string expected)
    {
        CommandLine run = CommandLine.Run(words.Split(' '));

        Assert.Equal((2, expected), (run.ExitCode, run.SingleError()));
    }

    [Fact]
    public void Pull_MistypedName_NamesTheNearestOfTheFamiliesToo()
    {
        CommandLine run = CommandLine.Run("models", "pull", "phto");

        Assert.StartsWith(
            "model phto: the catalogue has no such model. Use photo", run.SingleError(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cat", "cut", "cut")]
    [InlineData("--treads", "--threads", "--threads")]
    [InlineData("dog", "elephant", null)]
    [InlineData("ab", "yz", null)]
    public void FindNearest_TakesAThirdOfTheLettersWrongAtMost(string word, string known, string? expected) =>
        Assert.Equal(expected, Spelling.FindNearest(word, [known]));

    [Fact]
    public void FindNearest_Several_IsTheMostAlike() =>
        Assert.Equal("segment", Spelling.FindNearest("segmnt", ["segments", "segment", "serve"]));

    [Theory]
    [InlineData(0, "0 masks")]
    [InlineData(1, "1 mask")]
    [InlineData(2, "2 masks")]
    public void Counted_IsWrittenAsSpoken(int number, string expected) =>
        Assert.Equal(expected, Counted.Of(number, "mask"));
}
