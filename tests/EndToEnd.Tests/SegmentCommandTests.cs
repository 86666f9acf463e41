using System.Text.Json;
using FrozenSeg.Shared.Results;
using FrozenSeg.Testing;

namespace FrozenSeg.EndToEnd.Tests;

public sealed class SegmentCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Segment_Automask_WritesAResult()
    {
        CommandLine run = CommandLine.Run(
            "segment",
            Fixtures.Path("images", "orientation_6.jpg"),
            "--method",
            "automask",
            "--sam",
            "procsam",
            "--points-per-side",
            "6",
            "--out",
            _folder.Root);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        SegmentationResult result = ResultJsonContext.Read(File.ReadAllBytes(_folder.Path("result.json")));
        Assert.Equal((24, 16, 6), (result.Image.Width, result.Image.Height, result.Image.Orientation));
        Assert.Equal("6", result.Request.Settings["points_per_side"]);
        Assert.NotEmpty(result.Segments);
        Assert.True(File.Exists(_folder.Path("overlay.png")));
    }

    [Fact]
    public void Segment_Set_OverrulesAnOption()
    {
        CommandLine run = CommandLine.Run(
            "segment",
            Fixtures.Path("images", "rgb.png"),
            "--sam",
            "procsam",
            "--points-per-side",
            "7",
            "--set",
            "points_per_side=6",
            "points_per_batch=9",
            "--out",
            _folder.Root);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        SegmentationResult result = ResultJsonContext.Read(File.ReadAllBytes(_folder.Path("result.json")));
        Assert.Equal(
            ("6", "9"), (result.Request.Settings["points_per_side"], result.Request.Settings["points_per_batch"]));
    }

    [Theory]
    [InlineData("segment")]
    [InlineData("automask")]
    public void Picture_WithoutAName_IsOneLine(string command)
    {
        CommandLine run = CommandLine.Run(command, "", "--out", _folder.Path("out"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("the picture cannot be read", run.SingleError(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--method", "magic", "there is no method 'magic'")]
    [InlineData("--prompts", "cat;;dog", "category 2 has the name ''")]
    [InlineData("--mask-threshold", "0.5", "--prompts: car needs to know what to look for")]
    [InlineData("--method", "car", "--prompts: car needs to know what to look for")]
    [InlineData("--points-per-side", "0", "--points-per-side: 0 is not between 1 and 512. Use 1 to 512")]
    [InlineData("--set", "points_per_side", "'points_per_side' is not NAME=VALUE")]
    [InlineData("--set", "points=3", "settings.points: there is no such setting")]
    [InlineData("--set", "box_nms_thresh=7", "settings.box_nms_thresh: 7 is not between 0 and 1")]
    [InlineData("--vocabulary", "coco", "Use one of coco-133, coco-stuff-171, ade-150")]
    [InlineData("--task", "panoptic", "--task: automask does not answer panoptic")]
    public void Segment_ImpossibleOrder_IsOneLine(string option, string value, string found)
    {
        CommandLine run = CommandLine.Run(
            "segment", Fixtures.Path("images", "rgb.png"), option, value, "--out", _folder.Path("out"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(found, run.SingleError(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.Path("out")));
    }

    [Fact]
    public void Segment_OptionOfAnotherMethod_IsOneLine()
    {
        CommandLine run = CommandLine.Run(
            "segment",
            Fixtures.Path("images", "rgb.png"),
            "--method",
            "automask",
            "--mask-threshold",
            "0.5",
            "--out",
            _folder.Path("out"));

        Assert.Contains(
            "--mask-threshold: it belongs to --method car, and this is automask",
            run.SingleError(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Segment_WordsThatTheMethodDoesNotUse_AreRefused()
    {
        CommandLine run = CommandLine.Run(
            "segment",
            Fixtures.Path("images", "rgb.png"),
            "--method",
            "automask",
            "--prompts",
            "cat",
            "--out",
            _folder.Path("out"));

        Assert.Contains(
            "automask finds masks without classes and takes no words", run.SingleError(), StringComparison.Ordinal);
    }

    [Fact]
    public void Segment_WordsWithNanoOnSomethingElseThanAScene_WarnsBeforeAndInTheResult()
    {
        CommandLine run = CommandLine.Run(
            "segment", Fixtures.Path("images", "rgb.png"), "--prompts", "printer; apple", "--out", _folder.Path("out"));

        Assert.Equal(0, run.ExitCode);
        using JsonDocument result = JsonDocument.Parse(File.ReadAllBytes(_folder.Path("out", "result.json")));
        string[] warnings =
            [.. result.RootElement.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()!)];
        Assert.Equal("car", result.RootElement.GetProperty("request").GetProperty("method").GetString());
        Assert.Contains(
            warnings,
            warning => warning.Contains("frozenseg models pull photo", StringComparison.Ordinal)
                && warning.Contains("128×128", StringComparison.Ordinal));
        Assert.Contains(
            warnings,
            warning => warning.Contains("'printer'", StringComparison.Ordinal)
                && !warning.Contains("'apple'", StringComparison.Ordinal));
        Assert.All(
            warnings.Take(2), warning => Assert.Contains($"Warning: {warning}", run.Errors, StringComparison.Ordinal));
    }
}
