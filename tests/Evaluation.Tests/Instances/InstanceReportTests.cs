using FrozenSeg.Evaluation.Formats.Coco;
using FrozenSeg.Evaluation.Instances;
using FrozenSeg.Evaluation.Reports;

namespace FrozenSeg.Evaluation.Tests.Instances;

/// <summary>COCO's and LVIS's figures from curves that are written down: each is read where it should be.</summary>
public class InstanceReportTests
{
    private static readonly InstanceSet Truth = new(
        "gt.json",
        [new DatasetClass(1, "cat", true), new DatasetClass(2, "dog", true), new DatasetClass(3, "cow", true)],
        [new CocoImage { Id = "1" }, new CocoImage { Id = "2" }],
        new Dictionary<string, IReadOnlyList<CocoAnnotation>>(),
        new Dictionary<int, string> { [1] = "r", [2] = "c", [3] = "f" });

    [Fact]
    public void Of_Coco_ReadsEachFigureFromItsCurve()
    {
        EvaluationReport report = InstanceReport.Of(
            Truth, AveragePrecisionOptions.Coco, Curves([1, 10, 100], 1, 2), ["some"]);

        Assert.Equal(
            ["AP", "AP50", "AP75", "APs", "APm", "APl", "AR1", "AR10", "AR100", "ARs", "ARm", "ARl"],
            report.Groups[0].Figures.Select(figure => figure.Name));
        AssertFigures(
            [
                Mean(Precision(1, 0, 100), Precision(2, 0, 100)),
                Mean(At(1, 0, 100, 0), At(2, 0, 100, 0)),
                Mean(At(1, 0, 100, 5), At(2, 0, 100, 5)),
                Mean(Precision(1, 1, 100), Precision(2, 1, 100)),
                Mean(Precision(1, 2, 100), Precision(2, 2, 100)),
                Mean(Precision(1, 3, 100), Precision(2, 3, 100)),
                Mean(Recall(1, 0, 1), Recall(2, 0, 1)),
                Mean(Recall(1, 0, 10), Recall(2, 0, 10)),
                Mean(Recall(1, 0, 100), Recall(2, 0, 100)),
                Mean(Recall(1, 1, 100), Recall(2, 1, 100)),
                Mean(Recall(1, 2, 100), Recall(2, 2, 100)),
                Mean(Recall(1, 3, 100), Recall(2, 3, 100)),
            ],
            report.Groups[0].Figures);
        Assert.Equal(
            ("instance", 2, "masks", "1, 10, 100"),
            (report.Metric, report.Pictures, report.Settings["compared"], report.Settings["max_detections"]));
        Assert.Equal(["some"], report.Warnings);
    }

    [Fact]
    public void Of_Lvis_HasFiguresByFrequencyAndOneLimit()
    {
        EvaluationReport report = InstanceReport.Of(
            Truth, AveragePrecisionOptions.Lvis with { Boxes = true }, Curves([300], 1, 2), []);

        Assert.Equal(
            ["AP", "AP50", "AP75", "APs", "APm", "APl", "APr", "APc", "APf", "AR@300", "ARs@300", "ARm@300", "ARl@300"],
            report.Groups[0].Figures.Select(figure => figure.Name));
        Figure[] rare = [.. report.Groups[0].Figures.Skip(6).Take(3)];
        AssertFigures([Precision(1, 0, 300), Precision(2, 0, 300), -1], rare);
        Assert.Equal([false, false, true], rare.Select(figure => figure.IsNothing));
        Assert.Equal(("lvis", "boxes"), (report.Metric, report.Settings["compared"]));
    }

    [Fact]
    public void Of_Class_ListsItsOwnFigures()
    {
        EvaluationReport report = InstanceReport.Of(
            Truth, AveragePrecisionOptions.Coco, Curves([1, 10, 100], 1, 2), []);

        Assert.Equal(("2", "dog"), (report.Classes[1].Key, report.Classes[1].Name));
        Assert.Equal(["AP", "AP50", "AP75", "AR"], report.Classes[1].Figures.Select(figure => figure.Name));
        AssertFigures(
            [Precision(2, 0, 100), At(2, 0, 100, 0), At(2, 0, 100, 5), Recall(2, 0, 100)], report.Classes[1].Figures);
        Assert.Equal([-1, -1, -1, -1], report.Classes[2].Figures.Select(figure => figure.Value!.Value));
        Assert.All(report.Classes[2].Figures, figure => Assert.True(figure.IsNothing));
        Assert.All(report.Classes[1].Figures, figure => Assert.False(figure.IsNothing));
    }

    // Every curve differs from every other, and each of its places from the others.
    private static Dictionary<(int Category, int Range, int Limit), PrecisionRecall> Curves(
        int[] limits, params int[] categories)
    {
        var curves = new Dictionary<(int, int, int), PrecisionRecall>();
        foreach (int category in categories)
        {
            for (int range = 0; range < AreaRange.All.Count; range++)
            {
                foreach (int limit in limits)
                    curves[(category, range, limit)] = Curve(category, range, limit);
            }
        }

        return curves;
    }

    private static PrecisionRecall Curve(int category, int range, int limit) => new(
        [.. Enumerable.Range(0, 10).Select(t => At(category, range, limit, t))],
        [.. Enumerable.Range(0, 10).Select(t => 2 * At(category, range, limit, t))]);

    private static double At(int category, int range, int limit, int threshold) =>
        (category / 10.0) + (range / 100.0) + (limit / 100_000.0) + (threshold * threshold / 1e7);

    private static double Precision(int category, int range, int limit) =>
        Curve(category, range, limit).Precision.Average();

    private static double Recall(int category, int range, int limit) => Curve(category, range, limit).Recall.Average();

    private static double Mean(double a, double b) => (a + b) / 2;

    private static void AssertFigures(double[] expected, IReadOnlyList<Figure> figures)
    {
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], figures[i].Value!.Value, 12);
    }
}
