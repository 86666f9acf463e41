using FrozenSeg.Evaluation.Referring;
using FrozenSeg.Evaluation.Reports;

namespace FrozenSeg.Evaluation.Tests.Referring;

public class ReferringReportTests
{
    [Theory]
    [InlineData(true, 4, 4, 2, 2 / 6.0, 2 / 6.0)]
    [InlineData(true, 4, 0, 0, 0, 0)]
    [InlineData(true, 0, 0, 0, 0, 0)]
    [InlineData(false, 0, 0, 0, 0, 1)]
    [InlineData(false, 0, 3, 0, 0, 0)]
    public void GeneralisedIoU_NothingMeant_CountsAnEmptyAnswer(
        bool hasTarget, int wanted, int found, int intersection, double iou, double generalised)
    {
        var overlap = new ReferringOverlap(hasTarget, wanted, found, intersection);

        Assert.Equal((iou, generalised), (overlap.IoU, overlap.GeneralisedIoU));
    }

    // Two with a target, of 0.5 and of 0.9 exactly; one without, answered by nothing; one without, answered by 10
    // pixels.
    [Fact]
    public void Of_Overlaps_GivesTheFiguresOfBothTasks()
    {
        EvaluationReport report = ReferringReport.Of(
            [new(true, 10, 20, 10), new(true, 100, 90, 90), new(false, 0, 0, 0), new(false, 0, 10, 0)],
            [new PictureScore("a", 1)]);

        AssertFigures(
            report,
            ("mIoU", 0.7),
            ("oIoU", 100 / 120.0),
            ("P@0.5", 1),
            ("P@0.6", 0.5),
            ("P@0.7", 0.5),
            ("P@0.8", 0.5),
            ("P@0.9", 0.5),
            ("gIoU", (0.5 + 0.9 + 1 + 0) / 4),
            ("cIoU", 100 / 130.0),
            ("N_acc", 0.5),
            ("T_acc", 1));
        Assert.Equal(("referring", 4, "2"), (report.Metric, report.Pictures, report.Settings["no_target"]));
        Assert.Single(report.PictureScores);
    }

    [Fact]
    public void Of_TargetsNobodyAnswers_AreMissed()
    {
        EvaluationReport report = ReferringReport.Of([new(true, 10, 0, 0), new(true, 10, 10, 10)], []);

        Assert.Equal(0.5, Value(report, "T_acc"));
        Assert.Equal(0.5, Value(report, "cIoU"));
        Assert.Null(Value(report, "N_acc"));
    }

    [Fact]
    public void Of_NoTargets_HasNoFiguresOfThem()
    {
        EvaluationReport report = ReferringReport.Of([new(false, 0, 0, 0)], []);

        Assert.Equal(
            (null, null, null, null),
            (Value(report, "mIoU"), Value(report, "oIoU"), Value(report, "P@0.5"), Value(report, "T_acc")));
        Assert.Equal((1, null, 1), (Value(report, "gIoU"), Value(report, "cIoU"), Value(report, "N_acc")));
        Assert.Null(Value(ReferringReport.Of([], []), "gIoU"));
    }

    private static double? Value(EvaluationReport report, string name) =>
        report.Groups[0].Figures.Single(figure => figure.Name == name).Value;

    private static void AssertFigures(EvaluationReport report, params (string Name, double Value)[] expected)
    {
        Assert.Equal(expected.Select(figure => figure.Name), report.Groups[0].Figures.Select(figure => figure.Name));
        foreach ((string name, double value) in expected)
            Assert.Equal(value, Value(report, name)!.Value, 12);
    }
}
