using FrozenSeg.Evaluation.Reports;
using FrozenSeg.Evaluation.Semantic;

namespace FrozenSeg.Evaluation.Tests.Semantic;

public class SemanticReportTests
{
    // Class 0: 6 of 8 found, none too many; class 1: 1 of 2 found, two too many; class 3 is predicted only.
    private static readonly ConfusionMatrix Matrix = Filled((0, 0, 6), (0, 1, 2), (1, 1, 1), (1, 3, 1));

    [Fact]
    public void Of_Matrix_GivesTheFourFigures()
    {
        FigureGroup all = Report(new SemanticOptions()).Groups[0];

        double first = 6 / 8.0, second = 1 / 4.0;
        Assert.Null(all.Name);
        AssertFigures(
            all,
            ("mIoU", (first + second) / 2),
            ("FWIoU", (0.8 * first) + (0.2 * second)),
            ("pAcc", 0.7),
            ("mAcc", (0.75 + 0.5) / 2),
            ("n", 2));
    }

    [Fact]
    public void Of_Background_GivesTheFiguresWithoutItToo()
    {
        EvaluationReport report = Report(new SemanticOptions { Background = 0 });

        // Without class 0 the two pixels of it that were taken for class 1 are not there.
        Assert.Equal([null, "without_background"], report.Groups.Select(group => group.Name));
        AssertFigures(report.Groups[1], ("mIoU", 0.5), ("FWIoU", 0.5), ("pAcc", 0.5), ("mAcc", 0.5), ("n", 1));
    }

    [Fact]
    public void Of_SeenAndUnseen_AreGroupsWhereTheListSays()
    {
        EvaluationReport report = Report(new SemanticOptions
        {
            Classes =
            [
                new DatasetClass(0, "a", false, IsSeen: true),
                new DatasetClass(1, "b", false, IsSeen: false),
                new DatasetClass(2, "c", false),
            ],
        });

        Assert.Equal([null, "seen", "unseen"], report.Groups.Select(group => group.Name));
        AssertFigures(report.Groups[1], ("mIoU", 0.75), ("FWIoU", 0.75), ("pAcc", 0.75), ("mAcc", 0.75), ("n", 1));
        AssertFigures(report.Groups[2], ("mIoU", 0.25), ("FWIoU", 0.25), ("pAcc", 0.5), ("mAcc", 0.5), ("n", 1));
    }

    [Fact]
    public void Of_NothingAnnotated_HasNoFigures()
    {
        FigureGroup group = SemanticReport.Of(new ConfusionMatrix(), default, new SemanticOptions(), []).Groups[0];

        Assert.Equal([null, null, null, null, 0], group.Figures.Select(figure => figure.Value));
    }

    [Fact]
    public void Of_NoList_TakesTheClassesThatOccurWithoutTheIgnored()
    {
        EvaluationReport report = Report(
            new SemanticOptions { Ignored = [1], TruthLabels = LabelScheme.Ade, PredictionLabels = LabelScheme.Voc });

        Assert.Equal(["0", "2", "3"], report.Classes.Select(row => row.Key));
        Assert.Equal(
            ("1", "ade", "voc"),
            (report.Settings["ignored"], report.Settings["gt_labels"], report.Settings["pred_labels"]));
    }

    [Fact]
    public void Of_Class_ListsItsPixels()
    {
        EvaluationReport report = Report(new SemanticOptions());

        AssertFigures(new FigureGroup(null, report.Classes[1].Figures), ("IoU", 0.25), ("Acc", 0.5), ("annotated", 2), (
            "predicted", 3));
        Assert.Equal([null, null, 0, 1], report.Classes[3].Figures.Select(figure => figure.Value));
        Assert.Equal(("semantic", 1), (report.Metric, report.Pictures));
    }

    [Fact]
    public void Of_Presence_IsAGroupOfItsOwnWhereItWasCounted()
    {
        FigureGroup words = SemanticReport.Of(
            Matrix, new ClassPresence(4, 3, 2, 1), new SemanticOptions(), []).Groups[1];

        Assert.Equal("words", words.Name);
        AssertFigures(words, ("present_kept", 0.75), ("absent_removed", 0.5));
    }

    private static EvaluationReport Report(SemanticOptions labels) =>
        SemanticReport.Of(Matrix, default, labels, [new PictureScore("a", 1)]);

    private static void AssertFigures(FigureGroup group, params (string Name, double Value)[] expected)
    {
        Assert.Equal(expected.Select(figure => figure.Name), group.Figures.Select(figure => figure.Name));
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i].Value, group.Figures[i].Value!.Value, 12);
    }

    private static ConfusionMatrix Filled(params (int Truth, int Prediction, long Pixels)[] entries)
    {
        var matrix = new ConfusionMatrix();
        foreach ((int truth, int prediction, long pixels) in entries)
            matrix.Add(truth, prediction, pixels);
        return matrix;
    }
}
