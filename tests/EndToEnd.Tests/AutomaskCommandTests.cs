using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Results;
using FrozenSeg.Testing;

namespace FrozenSeg.EndToEnd.Tests;

public sealed class AutomaskCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Automask_WritesAResultAndAnOverlay()
    {
        string masks = _folder.Path("out", "masks.json"), overlay = _folder.Path("out", "overlay.png");

        CommandLine run = CommandLine.Run(
            "automask",
            Fixtures.Path("images", "rgb.png"),
            "--model",
            "procsam",
            "--points-per-side",
            "8",
            "--out",
            masks,
            "--overlay",
            overlay);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        SegmentationResult document = ResultJsonContext.Read(File.ReadAllBytes(masks));
        Assert.Equal(("rgb.png", 16, 24), (document.Image.Name, document.Image.Height, document.Image.Width));
        Assert.Equal(("automask", "8"), (document.Request.Method, document.Request.Settings["points_per_side"]));
        Assert.Equal("procsam (procedural, untrained)", Assert.Single(document.Models).Name);
        Assert.True(document.Timings.Single(timing => timing.Stage == "masks").Seconds > 0);
        Assert.Equal("overlay.png", document.Files.Overlay);
        Assert.NotEmpty(document.Segments);
        Assert.All(document.Segments, AssertSegment);

        PixelImage painted = ImageReader.CreateDefault().ReadFile(overlay);
        Assert.Equal((24, 16), (painted.Width, painted.Height));
        Assert.Equal(
            ["masks.json", "overlay.png"], Directory.GetFiles(_folder.Path("out")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Automask_SyntheticNetwork_Runs()
    {
        string weights = TinySam.Write(_folder.Root), masks = _folder.Path("masks.json");

        CommandLine run = CommandLine.Run(
            "automask",
            Fixtures.Path("images", "rgb.jpg"),
            "--model",
            weights,
            "--points-per-side",
            "2",
            "--out",
            masks);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
    }

    [Theory]
    [InlineData("--points-per-side", "0")]
    [InlineData("--pred-iou-thresh", "7")]
    [InlineData("--pred-iou-thresh", "-0.5")]
    [InlineData("--stability-score-thresh", "-0.5")]
    [InlineData("--crop-overlap-ratio", "-1")]
    [InlineData("--points-per-batch", "many")]
    [InlineData("--provider", "abacus")]
    [InlineData("--threads", "-3")]
    public void Automask_NonsenseOption_IsOneLineAndNoFile(string option, string value)
    {
        string masks = _folder.Path("masks.json");

        CommandLine run = CommandLine.Run(
            "automask", Fixtures.Path("images", "rgb.png"), "--model", "procsam", option, value, "--out", masks);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith(option, run.SingleError(), StringComparison.Ordinal);
        Assert.False(File.Exists(masks));
    }

    [Fact]
    public void Automask_UnknownOrMissingOption_IsOneLineThatSaysSo()
    {
        string picture = Fixtures.Path("images", "rgb.png");

        CommandLine missing = CommandLine.Run("automask", picture);

        Assert.Equal(2, missing.ExitCode);
        Assert.Equal("automask: Option '--out' is required. See frozenseg automask --help.", missing.SingleError());
        CommandLine unknown = CommandLine.Run("automask", picture, "--frobnicate", "--out", _folder.Path("masks.json"));
        Assert.Equal(2, unknown.ExitCode);
        Assert.StartsWith("--frobnicate: there is no such option", unknown.SingleError(), StringComparison.Ordinal);
    }

    [Fact]
    public void Automask_OverlayInThePlaceOfTheMasks_IsRefusedBeforeAnyWork()
    {
        string masks = _folder.Path("masks.json");

        CommandLine run = CommandLine.Run("automask", "nothing.png", "--out", masks, "--overlay", masks);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("--overlay", run.SingleError(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("seen.jpg", "--overlay: 'seen.jpg' would hold a PNG under another name. Use seen.png.")]
    [InlineData("-", "--overlay: an overlay is a file. Name one that ends in .png.")]
    public void Automask_OverlayNamedLikeSomethingElse_IsRefusedBeforeAnyWork(string overlay, string expected)
    {
        CommandLine run = CommandLine.Run(
            "automask", "nothing.png", "--out", _folder.Path("masks.json"), "--overlay", overlay);

        Assert.Equal((2, expected), (run.ExitCode, run.SingleError()));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5000, 5)]
    public void Automask_ExtremeShapes_GiveMasksOfThatShape(int width, int height)
    {
        string picture = _folder.Write("extreme.png", ImageCodec.EncodePng(new PixelImage(width, height)));
        string masks = _folder.Path("masks.json");

        CommandLine run = CommandLine.Run(
            "automask",
            picture,
            "--model",
            "procsam",
            "--points-per-side",
            "4",
            "--crop-n-layers",
            "1",
            "--out",
            masks);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        ResultImage image = ResultJsonContext.Read(File.ReadAllBytes(masks)).Image;
        Assert.Equal((height, width), (image.Height, image.Width));
    }

    [Fact]
    public void Automask_PicturesThatAreNone_AreEachRefusedInOneLine()
    {
        byte[] png = File.ReadAllBytes(Fixtures.Path("images", "rgb.png"));
        byte[] bomb = [.. png];
        bomb[18] = bomb[22] = 0xea;
        (string Name, byte[] Content)[] bad =
        [
            ("empty.png", []),
            ("text.jpg", "this is no picture"u8.ToArray()),
            ("cut.png", png[..^30]),
            ("bomb.png", bomb),
        ];
        foreach ((string name, byte[] content) in bad)
        {
            string masks = _folder.Path("masks.json");

            CommandLine run = CommandLine.Run("automask", _folder.Write(name, content), "--out", masks);

            Assert.Equal(1, run.ExitCode);
            Assert.StartsWith(name, run.SingleError(), StringComparison.Ordinal);
            Assert.False(File.Exists(masks));
        }
    }

    [Fact]
    public void Automask_DamagedWeights_AreRefusedInOneLine()
    {
        byte[] good = File.ReadAllBytes(TinySam.Write(_folder.Root));
        string weights = _folder.Write("cut.safetensors", good[..(good.Length / 2)]),
            masks = _folder.Path("masks.json");

        CommandLine run = CommandLine.Run(
            "automask", Fixtures.Path("images", "rgb.png"), "--model", weights, "--out", masks);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("cut.safetensors", run.SingleError(), StringComparison.Ordinal);
    }

    [Fact]
    public void Automask_PlaceThatCannotBeWritten_IsOneLine()
    {
        string file = _folder.Write("file", [1]);

        CommandLine run = CommandLine.Run(
            "automask", Fixtures.Path("images", "rgb.png"), "--model", "procsam", "--points-per-side", "1", "--out",
            Path.Combine(
                file, "masks.json"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("masks.json: no", run.SingleError(), StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_Box_AnswersWithMasks()
    {
        string weights = TinySam.Write(_folder.Root), masks = _folder.Path("masks.json");

        CommandLine run = CommandLine.Run(
            "predict",
            Fixtures.Path("images", "rgb.png"),
            "--model",
            weights,
            "--box",
            "2,2,20,12",
            "--point",
            "5,5,0",
            "--out",
            masks);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        SegmentationResult document = ResultJsonContext.Read(File.ReadAllBytes(masks));
        Assert.Equal((3, "predict"), (document.Segments.Count, document.Request.Method));
        Assert.Equal(
            [("box", "2,2,20,12"), ("points", "5,5,0")],
            document.Request.Settings.Select(setting => (setting.Key, setting.Value)).Order());
        Assert.All(
            document.Segments,
            segment => Assert.Equal((SegmentSource.Prompted, true), (segment.Source, segment.Sam is not null)));
        Assert.Equal(
            0, CommandLine.Run("convert", masks, "--to", "coco-instances", "--out", _folder.Path("coco")).ExitCode);
    }

    [Fact]
    public void Predict_BoxWithoutANetwork_SaysWhatTheStandInCanDo()
    {
        CommandLine run = CommandLine.Run(
            "predict", Fixtures.Path("images", "rgb.png"), "--model", "procsam", "--box", "2,2,20,12", "--out",
            _folder.Path(
                "masks.json"));

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("procsam", run.SingleError(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--point", "1")]
    [InlineData("--point", "a,b")]
    [InlineData("--point", "99,1")]
    [InlineData("--point", "1,1,5")]
    [InlineData("--box", "5,5,1,1")]
    public void Predict_ImpossiblePrompt_IsOneLine(string option, string value)
    {
        CommandLine run = CommandLine.Run(
            "predict", Fixtures.Path("images", "rgb.png"), option, value, "--out", _folder.Path("masks.json"));

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith(option, run.SingleError(), StringComparison.Ordinal);
    }

    private static void AssertSegment(ResultSegment segment)
    {
        RunLengthEncoding mask = segment.Segmentation.Decode();
        Assert.Equal(mask.Area, segment.Area);
        Assert.Equal(SegmentSource.Automask, segment.Source);
        Assert.Equal([0, 0, 24, 16], segment.Sam!.CropBox!);
        Assert.Equal(2, Assert.Single(segment.Sam.PointCoords!).Length);
        Assert.InRange(segment.Sam.StabilityScore!.Value, 0.95f, 1);
        Assert.True(segment.Sam.PredictedIoU > 0.88f);
    }
}
