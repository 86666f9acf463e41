using FrozenSeg.Testing;

namespace FrozenSeg.EndToEnd.Tests;

public sealed class ScenesCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Scenes_TwoPictures_WritesEveryFormOfTheTruth()
    {
        CommandLine run = CommandLine.Run(
            "scenes", "--seed", "4", "--count", "2", "--split", "val", "--out", _folder.Path("scenes"));

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(
            [
                "classes.json", "images/000001.png", "images/000002.png", "instances.json", "panoptic.json",
                "panoptic/000001.png",
                "panoptic/000002.png", "referring.json", "semantic/000001.png", "semantic/000002.png",
            ],
            Directory.GetFiles(_folder.Path("scenes"), "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(_folder.Path("scenes"), file)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("--count", "0")]
    [InlineData("--size", "9")]
    public void Scenes_NonsenseOption_IsOneLine(string option, string value)
    {
        CommandLine run = CommandLine.Run("scenes", option, value, "--out", _folder.Path("scenes"));

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith(option, run.SingleError(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.Path("scenes")));
    }
}
