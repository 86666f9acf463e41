using System.Diagnostics;
using System.Text.Json.Nodes;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Shared.Results;
using FrozenSeg.Testing;

namespace FrozenSeg.EndToEnd.Tests;

public sealed class ManyPicturesTests : IDisposable
{
    private static readonly string[] Few = ["--points-per-side", "4", "--threads", "1"];

    private readonly TemporaryFolder _folder = new();

    public ManyPicturesTests()
    {
        foreach (string folder in (string[])["in/below", "other", "empty"])
            Directory.CreateDirectory(_folder.Path(folder));
        Write("in/a.png", 40);
        Write("in/below/b.png", 50);
        _folder.Write("in/c.png", "this is not a picture"u8.ToArray());
        _folder.Write("in/notes.txt", "nor is this"u8.ToArray());
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Segment_PipeAndDeviceAmongPictures_AreNamedAndPassedOver()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using (Process make = Process.Start("mkfifo", _folder.Path("in", "pipe.png")))
            make.WaitForExit();

        CommandLine run = Segment(_folder.Path("in", "a.png"), _folder.Path("in", "pipe.png"), "/dev/zero");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            "pipe.png: it is not a file. Give files, or a pipe alone.", run.Errors, StringComparison.Ordinal);
        Assert.Contains("/dev/zero: it is not a file.", run.Errors, StringComparison.Ordinal);
        Assert.Contains("3 pictures: 1 done, 0 known, 2 failed", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Segment_AFolder_GoesOnAfterABadPictureAndResumes()
    {
        CommandLine first = Segment(_folder.Path("in"));
        CommandLine second = Segment(_folder.Path("in"), "--json");
        CommandLine other = Segment(_folder.Path("in"), "--json", "--set", "pred_iou_thresh=0.1");

        Assert.Equal(1, first.ExitCode);
        Assert.Contains("c.png: not a picture", first.Errors, StringComparison.Ordinal);
        Assert.Matches(@"1/3 a\.png: \d+ segments, \d+\.\d+ s", first.Errors);
        Assert.Contains("3 pictures: 2 done, 0 known, 1 failed", first.Output, StringComparison.Ordinal);
        Assert.Equal((40, 50), (Result("a.png").Image.Width, Result("below/b.png").Image.Width));
        Assert.False(Directory.Exists(_folder.Path("out", "c.png")));
        JsonArray known = JsonNode.Parse(second.Output)!.AsArray();
        Assert.Equal([null, null, null], known.Select(outcome => (double?)outcome!["seconds"]));
        Assert.Equal(["a.png", "below/b.png", "c.png"], known.Select(outcome => (string?)outcome!["picture"]));
        Assert.NotNull(JsonNode.Parse(other.Output)![0]!["seconds"]);
    }

    [Fact]
    public void Segment_TwoAtOnce_GivesTheResultsOfOneAfterTheOther()
    {
        Segment(_folder.Path("in"));
        string[] before = [Masks("a.png"), Masks("below/b.png")];

        CommandLine run = Segment(_folder.Path("in"), "--json", "--again", "--pictures", "2");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            ["a.png", "below/b.png", "c.png"],
            JsonNode.Parse(run.Output)!.AsArray().Select(outcome => (string?)outcome!["picture"]));
        Assert.Equal<string[]>(before, [Masks("a.png"), Masks("below/b.png")]);

        string Masks(string picture) => string.Join(' ', Result(picture).Segments.Select(
            segment => $"{segment.Score:R} {string.Join(',', segment.Segmentation.Counts.ToArray())}"));
    }

    [Fact]
    public void Segment_Patterns_TakeWhatMatchesOnce()
    {
        CommandLine run = Segment(
            _folder.Path("in", "*.png"), _folder.Path("in", "a.png"), _folder.Path("in", "**", "b.png"), "--json");

        Assert.Equal(
            ["a.png", "c.png", "below/b.png"],
            JsonNode.Parse(run.Output)!.AsArray().Select(outcome => (string?)outcome!["picture"]));
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("in/*.jpg")]
    public void Segment_NothingThere_IsOneLine(string named)
    {
        CommandLine run = Segment(_folder.Path(named));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("there are no pictures", run.SingleError(), StringComparison.Ordinal);
    }

    [Fact]
    public void Segment_TwoOfOneName_AreRefusedBeforeAnyWork()
    {
        Write("other/a.png", 30);

        CommandLine run = Segment(_folder.Path("in", "a.png"), _folder.Path("other", "a.png"));

        Assert.Contains("its results would replace those of", run.SingleError(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.Path("out")));
    }

    [Fact]
    public void Segment_ByTiles_GivesOneResultOfTheWholePicture()
    {
        string picture = Write("large.png", 300);

        CommandLine run = Segment(picture, "--tile", "128", "--tile-overlap-pixels", "32");

        Assert.Equal(0, run.ExitCode);
        SegmentationResult result = ResultJsonContext.Read(File.ReadAllBytes(_folder.Path("out", "result.json")));
        Assert.All(result.Segments, segment => Assert.Equal([32, 300], segment.Segmentation.Size));
        Assert.Contains(result.Warnings, warning => warning.Contains("tiles of 128 pixels", StringComparison.Ordinal));
        Assert.Equal("128", result.Request.Settings["tile_size"]);
    }

    [Fact]
    public void Automask_SeveralPictures_GoesOnAfterABadOneAndGivesEachAFolder()
    {
        CommandLine run = CommandLine.Run(
            ["automask", _folder.Path("in"), .. Few, "--json", "--out", _folder.Path("out")]);

        Assert.Equal(1, run.ExitCode);
        JsonArray outcomes = JsonNode.Parse(run.Output)!.AsArray();
        Assert.Equal([true, true, false], outcomes.Select(outcome => outcome!["result"] is not null));
        Assert.Equal((40, 50), (Result("a.png").Image.Width, Result("below/b.png").Image.Width));
        Assert.True(File.Exists(_folder.Path("out", "a.png", "overlay.png")));
    }

    [Fact]
    public void Automask_OnePictureAsJson_SaysWhereItsMasksAre()
    {
        string masks = _folder.Path("masks.json");

        CommandLine run = CommandLine.Run(["automask", _folder.Path("in", "a.png"), .. Few, "--json", "--out", masks]);

        JsonNode outcome = Assert.Single(JsonNode.Parse(run.Output)!.AsArray())!;
        Assert.Equal((0, "a.png", masks), (run.ExitCode, (string?)outcome["picture"], (string?)outcome["result"]));
        Assert.Equal((int?)outcome["segments"], ResultJsonContext.Read(File.ReadAllBytes(masks)).Segments.Count);
    }

    [Theory]
    [InlineData("--out", "-", "several results cannot be printed")]
    [InlineData("--overlay", "one.png", "several overlays cannot be one file")]
    public void Automask_SeveralPicturesIntoOneFile_IsRefusedBeforeAnyWork(string option, string value, string found)
    {
        string[] target = option == "--out" ? [option, value] : [option, value, "--out", _folder.Path("out")];

        CommandLine run = CommandLine.Run(["automask", _folder.Path("in"), .. target]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(found, run.SingleError(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _frozenseg frozenseg")]
    [InlineData("zsh", "compdef _frozenseg frozenseg")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public void Completion_OfAShell_PrintsItsScript(string shell, string expected) =>
        Assert.Contains(expected, CommandLine.Run("completion", shell).Output, StringComparison.Ordinal);

    [Fact]
    public void Completion_WhatTheScriptsAsk_IsAnswered()
    {
        string[] found = CommandLine.Run("[suggest:16]", "frozenseg segmen").Output.Split(
            '\n', StringSplitOptions.TrimEntries);

        Assert.Contains("segment", found);
    }

    [Fact]
    public void Completion_InBash_CompletesCommandsOptionsAndChoices()
    {
        if (OperatingSystem.IsWindows())
            return;
        string script = _folder.Write("complete.sh", System.Text.Encoding.UTF8.GetBytes($$"""
            frozenseg() { dotnet '{{Path.Combine(AppContext.BaseDirectory, "frozenseg.dll")}}' "$@"; }
            eval "$(frozenseg completion bash)"
            for COMP_LINE in "frozenseg autom" "frozenseg automask --points-per-s" "frozenseg completion z"; do
                COMP_POINT=${#COMP_LINE}; COMP_WORDS=($COMP_LINE); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                _frozenseg; echo "${COMPREPLY[*]}"
            done
            """));
        using Process bash = Process.Start(new ProcessStartInfo("bash", [script]) { RedirectStandardOutput = true })!;

        string output = bash.StandardOutput.ReadToEnd();

        Assert.Equal(
            ["automask", "--points-per-side", "zsh"],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    private CommandLine Segment(params string[] arguments) =>
        CommandLine.Run(["segment", .. arguments, "--method", "automask", .. Few, "--out", _folder.Path("out")]);

    private SegmentationResult Result(string picture) =>
        ResultJsonContext.Read(File.ReadAllBytes(_folder.Path("out", picture, "result.json")));

    private string Write(string name, int width) =>
        _folder.Write(name, ImageCodec.EncodePng(TestPicture.Make(32, width)));
}
