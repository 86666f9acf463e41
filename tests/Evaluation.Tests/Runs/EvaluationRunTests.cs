using System.Text.Json.Nodes;
using FrozenSeg.Evaluation.Runs;
using FrozenSeg.Evaluation.Runs.Published;
using FrozenSeg.Evaluation.Runs.Reporting;
using FrozenSeg.Evaluation.Runs.Steps;
using FrozenSeg.Evaluation.Scenes;
using FrozenSeg.Evaluation.Scenes.Files;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Testing;

namespace FrozenSeg.Evaluation.Tests.Runs;

public sealed class EvaluationRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SessionFactory _sessions = new(new RuntimeOptions { Threads = 1 });

    public EvaluationRunTests()
    {
        var options = new SceneOptions { Size = 64, Split = SceneSplit.Test };
        DatasetSceneWriter.Write(
            _folder.Path("scenes"), options, SceneSequence.Generate(new SceneGenerator(options), 3, default), _ => { });
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_Scenes_IsMeasuredAndReported()
    {
        RunReport report = Run(Order());
        RunDocuments.Write(report, _folder.Path("copy.json"));

        Assert.Equal("recall", Assert.Single(report.Measures).Metric);
        Assert.Equal(["all", "seen", "unseen"], report.Measures[0].Groups.Select(group => group.Name));
        string html = File.ReadAllText(_folder.Path("run", "report.html")),
            markdown = File.ReadAllText(_folder.Path("run", "report.md"));
        Assert.Contains("src=\"worst/recall-1-annotated.png\"", html, StringComparison.Ordinal);
        // Scenes of 64 pixels are enlarged, so that outlines and names can be read.
        Assert.Equal(
            256, ImageReader.CreateDefault().ReadFile(_folder.Path("run", "worst", "recall-3-found.png")).Width);
        Assert.Contains("| points_per_side | 2 |", markdown, StringComparison.Ordinal);
        Assert.Contains("| panoptic.json | ", markdown, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(_folder.Path("run", "report.json")), File.ReadAllText(_folder.Path("copy.json")));
    }

    [Fact]
    public void Run_Resumed_DoesOnlyWhatIsMissing()
    {
        Run(Order());
        string kept = _folder.Path("run", "masks", "000001", "result.json"),
            lost = _folder.Path("run", "masks", "000002", "result.json");
        DateTime written = File.GetLastWriteTimeUtc(kept);
        File.Delete(lost);
        var progress = new List<RunProgress>();

        Run(Order() with { Resume = true }, progress);

        Assert.Equal(written, File.GetLastWriteTimeUtc(kept));
        Assert.True(File.Exists(lost));
        Assert.Equal([(2, 3), (3, 3)], progress.Select(step => (step.Done, step.Total)));
    }

    [Fact]
    public void Run_SeveralPicturesAtOnce_FindsTheSame()
    {
        Run(Order());
        var sessions = new SessionFactory(new RuntimeOptions { Threads = 1, PicturesAtOnce = 3 });
        var progress = new List<RunProgress>();

        EvaluationRun.Run(
            Order() with
            {
                Out = _folder.Path("beside"),
            }, sessions, new Recorder(progress), new EvaluationOptions { Threads = 1 });

        Assert.Equal([0, 1, 2, 3], progress.Select(step => step.Done));
        Assert.Equal(3, RecordingMethod.Read(_folder.Path("beside"))!.Calls);
        Assert.Equal(Segments("run"), Segments("beside"));

        string[] Segments(string run) =>
        [
            .. Directory.GetFiles(_folder.Path(run), "result.json", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(file => JsonNode.Parse(File.ReadAllText(file))!["segments"]!.ToJsonString()),
        ];
    }

    [Fact]
    public void SideBySide_SomeFail_ThrowsTheFirstAsItIs()
    {
        int[] items = [1, 2, 3];

        var failure = Assert.Throws<InvalidDataException>(
            () => SideBySide.Run(items, 2, item => throw new InvalidDataException($"{item}"), default));

        Assert.Contains(failure.Message, items.Select(item => $"{item}"));
    }

    [Fact]
    public void SideBySide_Cancelled_Stops()
    {
        using var stop = new CancellationTokenSource();
        int begun = 0;

        Assert.ThrowsAny<OperationCanceledException>(() => SideBySide.Run(
            [1, 2, 3, 4],
            1,
            _ =>
            {
                begun++;
                stop.Cancel();
            },
            stop.Token));

        Assert.Equal(1, begun);
    }

    [Fact]
    public void Run_OverAnother_IsRefused()
    {
        Run(Order());

        Assert.Contains("there is a run already", Message(Order()), StringComparison.Ordinal);
        Assert.Contains("differs in settings", Message(Order("3") with { Resume = true }), StringComparison.Ordinal);
        Assert.Contains(
            "differs in pictures", Message(Order() with { Resume = true, Limit = 2 }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("moon", "there is no dataset 'moon'")]
    [InlineData("coco", "no annotations of coco are there")]
    public void Run_DatasetThatIsNotThere_IsRefused(string dataset, string found) =>
        Assert.Contains(found, Message(Order() with { Dataset = dataset }), StringComparison.Ordinal);

    [Theory]
    [InlineData("voc-21", "background")]
    [InlineData("coco-object", "background")]
    [InlineData("pascal-context-60", "background")]
    [InlineData("pascal-context-59", null)]
    [InlineData("refcoco", null)]
    public void PublishedSettings_OfCar_NameTheBackgroundWhereTheDatasetHasOne(string dataset, string? background) =>
        Assert.Equal(
            background, PublishedSettings.For(dataset, "car", new Dictionary<string, string>())
                .GetValueOrDefault("background_class"));

    [Fact]
    public void Run_TaskThatCannotBeMeasured_IsRefused() =>
        Assert.Contains(
            "automask answers masks",
            Message(Order() with { Tasks = [SegmentationTask.Panoptic] }),
            StringComparison.Ordinal);

    private RunOrder Order(string points = "2") => new()
    {
        Dataset = "scenes",
        Root = _folder.Path("scenes"),
        Method = "automask",
        Settings = new Dictionary<string, string> { ["points_per_side"] = points },
        Out = _folder.Path("run"),
    };

    private RunReport Run(RunOrder order, List<RunProgress>? progress = null) =>
        EvaluationRun.Run(order, _sessions, new Recorder(progress ?? []), new EvaluationOptions { Threads = 1 });

    private string Message(RunOrder order) =>
        Assert.Single(Assert.Throws<SegmentationProblemException>(() => Run(order)).Problems).Message;

    private sealed class Recorder(List<RunProgress> steps) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => steps.Add(value);
    }
}
