using FrozenSeg.Evaluation.Reports;
using FrozenSeg.Evaluation.Runs;
using FrozenSeg.Evaluation.Runs.Reporting;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Testing;

namespace FrozenSeg.Evaluation.Tests.Runs;

/// <summary>
/// A dataset in its layout, with two pictures and a method that is always right: whatever is not 100 % is a mistake in
/// how files are found, paired or numbered.
/// </summary>
public abstract class PaintedDatasetTests : IDisposable
{
    private static readonly SegmentationTask[] Everything =
        [SegmentationTask.Panoptic, SegmentationTask.Semantic, SegmentationTask.Instance];

    private protected PaintedDatasetTests() => Data = new PaintedDataset(Folder);

    private protected TemporaryFolder Folder { get; } = new();

    private protected PaintedDataset Data { get; }

    /// <summary>The method of the last run.</summary>
    private protected PaintedMethod? Method { get; private set; }

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected RunReport Run(
        string dataset,
        string method = "frozenseg",
        string? split = null,
        int? limit = null,
        params SegmentationTask[] tasks)
    {
        var order = new RunOrder
        {
            Dataset = dataset,
            Root = Folder.Path("data"),
            Method = method,
            Out = Folder.Path("run"),
            Split = split,
            Limit = limit,
            Tasks = tasks,
        };
        SegmentationTask[] offered = method == "car"
            ? [SegmentationTask.Semantic, SegmentationTask.Referring]
            : Everything;
        return EvaluationRun.Run(
            order,
            new MethodCapabilities(method, offered, NeedsWords: true),
            settings => Method = new PaintedMethod(settings),
            new Progress<RunProgress>(),
            new EvaluationOptions { Threads = 1 });
    }

    private protected string? Message(string dataset, string method, string? split, int? limit)
    {
        if (Directory.Exists(Folder.Path("run")))
            Directory.Delete(Folder.Path("run"), recursive: true);
        return (Record.Exception(
            () => Run(dataset, method, split, limit)) as SegmentationProblemException)?.Problems[0].Message;
    }

    private protected static void AssertRight(RunReport report, params string[] metrics)
    {
        Assert.Equal(
            [.. metrics.Select(metric => metric.Split(' ')[0])], report.Measures.Select(measure => measure.Metric));
        foreach ((string metric, EvaluationReport measure) in metrics.Zip(report.Measures))
        {
            (string group, string figure) = metric switch
            {
                "panoptic" => ("all", "pq"),
                "semantic of words" => ("without_background", "mIoU"),
                "semantic" => ("", "mIoU"),
                "referring" => ("", "mIoU"),
                _ => ("", "AP"),
            };
            Assert.Equal(1, Value(measure.Groups.Single(candidate => (candidate.Name ?? "") == group), figure), 1e-12);
        }
    }

    private protected static double Value(FigureGroup group, string name) =>
        group.Figures.Single(figure => figure.Name == name).Value!.Value;
}
