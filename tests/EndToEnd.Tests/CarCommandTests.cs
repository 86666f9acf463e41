using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Pipeline.Foundation.Imaging.Png;
using FrozenSeg.Shared.Results;
using FrozenSeg.Testing;

namespace FrozenSeg.EndToEnd.Tests;

public sealed class CarCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _clip;
    private readonly string _picture;

    public CarCommandTests()
    {
        _clip = SmallClip.Write(_folder.Root);
        _picture = _folder.Write("picture.png", ImageCodec.EncodePng(TestPicture.Make(40, 60)));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Segment_Car_WritesResultMapOverlayAndTrace()
    {
        CommandLine run = CommandLine.Run(
            "segment",
            _picture,
            "--method",
            "car",
            "--prompts",
            "cat; dog, puppy",
            "--car-clip",
            _clip,
            "--query-threshold",
            "0",
            "--out",
            _folder.Path("out"));

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        SegmentationResult result = ResultJsonContext.Read(File.ReadAllBytes(_folder.Path("out", "result.json")));
        Assert.Equal("car", result.Request.Method);
        Assert.Equal(["cat", "dog,puppy"], result.Trace![0].Kept.Select(score => score.Text));
        Assert.Equal(
            40, LabelMapPng.Read(File.ReadAllBytes(_folder.Path("out", "semantic.png")), "semantic.png").Height);
        Assert.True(File.Exists(_folder.Path("out", "overlay.png")));
    }

    [Fact]
    public void Segment_BackgroundClass_IsListedAndDrawn()
    {
        CommandLine run = CommandLine.Run(
            "segment", _picture, "--method", "car", "--prompts", "cat; dog", "--background-class", "background",
            "--query-threshold", "0",
            "--car-clip", _clip, "--out", _folder.Path("out"));

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        SegmentationResult result = ResultJsonContext.Read(File.ReadAllBytes(_folder.Path("out", "result.json")));
        Assert.Equal(["cat", "dog", "background"], result.Vocabulary.Select(category => category.Name));
        Assert.Equal("background", result.Request.Settings["background_class"]);
        int[] labels = LabelMapPng.Read(
            File.ReadAllBytes(_folder.Path("out", "semantic.png")), "semantic.png").Labels.ToArray();
        Assert.All(labels, label => Assert.InRange(label, 0, 2));
        Assert.Equal(labels.Count(label => label == 2), labels.Length - result.Segments.Sum(segment => segment.Area));
    }

    [Fact]
    public void Segment_ReferringToNothing_WritesNoMaskAndSaysSo()
    {
        CommandLine run = CommandLine.Run(
            "segment", _picture, "--method", "car", "--task", "referring", "--prompts", "the cat",
            "--presence-threshold", "1",
            "--car-clip", _clip, "--out", _folder.Path("out"));

        Assert.Equal((0, "Warning: no mask for 'the cat'\n"), (run.ExitCode, run.Errors));
        SegmentationResult result = ResultJsonContext.Read(File.ReadAllBytes(_folder.Path("out", "result.json")));
        Assert.Empty(result.Segments);
        Assert.Equal("the cat", Assert.Single(result.Trace![^1].Removed).Text);
    }

    [Fact]
    public void Segment_PromptsFile_IsReadLineByLine()
    {
        string file = _folder.Write("words.txt", "cat;\ndog, puppy\n\n"u8.ToArray());

        CommandLine run = CommandLine.Run(
            "segment",
            _picture,
            "--method",
            "car",
            "--prompts-file",
            file,
            "--car-clip",
            _clip,
            "--query-threshold",
            "0",
            "--out",
            _folder.Path("out"));

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        SegmentationResult result = ResultJsonContext.Read(File.ReadAllBytes(_folder.Path("out", "result.json")));
        Assert.Equal(["cat", "dog,puppy"], result.Trace![0].Kept.Select(score => score.Text));
    }

    [Fact]
    public void Segment_PromptsFromAPipe_ReachTheResult()
    {
        CommandLine run = CommandLine.RunWithInput(
            "cat\ndog, puppy\n",
            "segment",
            _picture,
            "--method",
            "car",
            "--prompts-file",
            "/dev/stdin",
            "--car-clip",
            _clip,
            "--query-threshold",
            "0",
            "--out",
            _folder.Path("out"));

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        SegmentationResult result = ResultJsonContext.Read(File.ReadAllBytes(_folder.Path("out", "result.json")));
        Assert.Equal("cat; dog, puppy", result.Request.Prompts);
    }

    [Theory]
    [InlineData(5_000, "there are 5,000 queries; CLIP looks at the picture once for each, and 1,000 are allowed. Use "
        + "fewer, or raise the setting max_queries")]
    [InlineData(20_000, "it has 20,000 categories; 10,000 are allowed")]
    public void Segment_TooManyQueries_AreOneLine(int count, string found)
    {
        string file = _folder.Path("words.txt");
        File.WriteAllLines(file, Enumerable.Range(0, count).Select(i => $"thing {i}"));

        CommandLine run = CommandLine.Run(
            "segment", _picture, "--method", "car", "--prompts-file", file, "--car-clip", _clip, "--out",
            _folder.Path("out"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(found, run.SingleError(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.Path("out")));
    }

    [Fact]
    public void Segment_CommandLineTooLongForTheRuntime_IsOneLine()
    {
        string prompts = string.Join("; ", Enumerable.Range(0, 5_000).Select(i => $"thing {i}"));

        CommandLine run = CommandLine.Run(
            "segment", _picture, "--method", "car", "--prompts", prompts, "--car-clip", _clip, "--out",
            _folder.Path("out"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("command line: it has", run.SingleError(), StringComparison.Ordinal);
    }

    [Fact]
    public void SegmentVideo_Frames_WritesAnIndexedPngEach()
    {
        _folder.Write("frame.png", File.ReadAllBytes(_picture));
        Directory.CreateDirectory(_folder.Path("frames"));
        File.Move(_folder.Path("frame.png"), _folder.Path("frames", "00000.png"));

        CommandLine run = CommandLine.Run(
            "segment-video",
            _folder.Path("frames"),
            "--expression",
            "the cat",
            "--car-clip",
            _clip,
            "--out",
            _folder.Path("masks"));

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(60, LabelMapPng.Read(File.ReadAllBytes(_folder.Path("masks", "00000.png")), "00000.png").Width);
    }

    [Theory]
    [InlineData("--prompts", "!!", "neither a letter nor a digit")]
    [InlineData("--prompts", "cat; CAT", "'CAT' is named in categories 1 and 2")]
    [InlineData("--background-class", "Cat", "'Cat' is one of the classes to look for")]
    [InlineData("--set", "max_queries=0", "settings.max_queries: 0 is less than 1")]
    [InlineData("--preset", "pascal", "there is no preset 'pascal'")]
    [InlineData("--visual-prompt", "star", "there is no visual prompt 'star'")]
    [InlineData("--car-clip", "", "--car-clip: it names nothing")]
    public void Segment_ImpossibleCarOrder_IsOneLineAndWritesNothing(string option, string value, string found)
    {
        var arguments =
            new Dictionary<string, string> { ["--prompts"] = "cat", ["--car-clip"] = _clip, [option] = value };

        CommandLine run = CommandLine.Run(
            ["segment", _picture, "--method", "car", "--out", _folder.Path("out"), .. arguments.SelectMany(
                entry => new[] { entry.Key, entry.Value })]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(found, run.SingleError(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.Path("out")));
    }

    [Fact]
    public void Segment_NetworkThatIsNotThere_FailsInOneLineAndWritesNothing()
    {
        CommandLine run = CommandLine.Run(
            "segment",
            _picture,
            "--method",
            "car",
            "--prompts",
            "cat",
            "--car-clip",
            "nowhere.safetensors",
            "--out",
            _folder.Path("out"));

        // The call is right; what it needs is missing (docs/many.md).
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("there is no such CLIP or file", run.SingleError(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.Path("out")));
    }

    [Fact]
    public void Segment_CarWithoutPrompts_AsksForThem()
    {
        CommandLine run = CommandLine.Run(
            "segment", _picture, "--method", "car", "--car-clip", _clip, "--out", _folder.Path("out"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--prompts: car needs to know what to look for", run.SingleError(), StringComparison.Ordinal);
    }
}
