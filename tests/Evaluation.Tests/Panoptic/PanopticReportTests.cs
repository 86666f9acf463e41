using FrozenSeg.Evaluation.Panoptic;
using FrozenSeg.Evaluation.Reports;

namespace FrozenSeg.Evaluation.Tests.Panoptic;

public class PanopticReportTests
{
    private static readonly Dictionary<int, PanopticCounts> Counts = new()
    {
        [1] = new PanopticCounts(2, 0, 0, 1.6),
        [2] = new PanopticCounts(1, 1, 1, 0.9),
        [3] = new PanopticCounts(0, 0, 2, 0),
    };

    [Fact]
    public void Of_Classes_GivesMeansOverThoseThatOccur()
    {
        EvaluationReport report = Report(
            new DatasetClass(1, "cat", true), new DatasetClass(2, "sky", false), new DatasetClass(4, "moon", false));

        Assert.Equal(["all", "things", "stuff"], report.Groups.Select(group => group.Name));
        AssertFigures([(0.8 + 0.45) / 2, (0.8 + 0.9) / 2, (1 + 0.5) / 2, 2], report.Groups[0]);
        AssertFigures([0.8, 0.8, 1, 1], report.Groups[1]);
        AssertFigures([0.45, 0.9, 0.5, 1], report.Groups[2]);
        Assert.Equal(["pq", "sq", "rq", "n"], report.Groups[0].Figures.Select(figure => figure.Name));
        Assert.Equal(("panoptic", 2), (report.Metric, report.Pictures));
        Assert.Equal(2, report.PictureScores.Count);
    }

    [Fact]
    public void Of_GroupWithoutAClass_HasNoFigures()
    {
        EvaluationReport report = Report(new DatasetClass(1, "cat", true));

        Assert.Equal([null, null, null, 0], report.Groups[2].Figures.Select(figure => figure.Value));
        Assert.Equal([false, false, false, true], report.Groups[2].Figures.Select(figure => figure.IsCount));
    }

    [Fact]
    public void Of_SeenAndUnseen_AreGroupsWhereTheDatasetSays()
    {
        EvaluationReport report = Report(
            new DatasetClass(1, "cat", true, IsSeen: true),
            new DatasetClass(2, "sky", false, IsSeen: false),
            new DatasetClass(3, "fog", false));

        Assert.Equal(["all", "things", "stuff", "seen", "unseen"], report.Groups.Select(group => group.Name));
        AssertFigures([0.8, 0.8, 1, 1], report.Groups[3]);
        AssertFigures([0.45, 0.9, 0.5, 1], report.Groups[4]);
    }

    [Fact]
    public void Of_Class_ListsWhatItsQualityIsMadeOf()
    {
        EvaluationReport report = Report(new DatasetClass(2, "sky", false), new DatasetClass(4, "moon", false));

        Assert.Equal(("2", "sky"), (report.Classes[0].Key, report.Classes[0].Name));
        Assert.Equal(
            ["pq", "sq", "rq", "tp", "fp", "fn", "iou_sum"], report.Classes[0].Figures.Select(figure => figure.Name));
        Assert.Equal([0.45, 0.9, 0.5, 1, 1, 1, 0.9], report.Classes[0].Figures.Select(figure => figure.Value!.Value));
        Assert.Equal([0, 0, 0, 0, 0, 0, 0], report.Classes[1].Figures.Select(figure => figure.Value!.Value));
        Assert.Equal(
            [false, false, false, true, true, true, false], report.Classes[0].Figures.Select(figure => figure.IsCount));
    }

    private static EvaluationReport Report(params DatasetClass[] classes) =>
        PanopticReport.Of(classes, Counts, [new PictureScore("a", 1), new PictureScore("b", 0)]);

    private static void AssertFigures(double[] expected, FigureGroup group)
    {
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], group.Figures[i].Value!.Value, 12);
    }
}
