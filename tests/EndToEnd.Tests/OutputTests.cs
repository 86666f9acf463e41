using System.Text.Json;
using FrozenSeg.Testing;

namespace FrozenSeg.EndToEnd.Tests;

/// <summary>Where commands put what they find: files, the standard output, and places that cannot be.</summary>
public sealed class OutputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("-")]
    [InlineData("/dev/stdout")]
    public void Automask_ToTheStandardOutput_PrintsTheMasksAlone(string name)
    {
        CommandLine run = CommandLine.Run(
            "automask",
            Fixtures.Path("images", "rgb.png"),
            "--model",
            "procsam",
            "--points-per-side",
            "2",
            "--out",
            name);

        Assert.Equal(0, run.ExitCode);
        using JsonDocument document = JsonDocument.Parse(run.Output);
        Assert.Equal("rgb.png", document.RootElement.GetProperty("image").GetProperty("name").GetString());
        Assert.Contains("masks in", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Segment_ToAPlaceThatIsAFile_IsSaidBeforeTheWork()
    {
        string file = _folder.Write("taken", [1]);

        CommandLine run = CommandLine.Run("segment", Fixtures.Path("images", "rgb.png"), "--out", file);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("nothing can be written there", run.SingleError(), StringComparison.Ordinal);
        Assert.Equal([1], File.ReadAllBytes(file));
    }

    [Theory]
    [InlineData("--key", "", "--key: it is empty")]
    [InlineData("--body-memory", "0", "--body-memory: 0 is out of range")]
    public void Serve_ImpossibleOption_IsOneLine(string option, string value, string found)
    {
        CommandLine run = CommandLine.Run("serve", "--state", _folder.Root, option, value);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(found, run.SingleError(), StringComparison.Ordinal);
    }
}
