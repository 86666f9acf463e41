using FrozenSeg.Evaluation.Reports;
using FrozenSeg.Evaluation.Video;

namespace FrozenSeg.Evaluation.Tests.Video;

public class VideoReportTests
{
    private static readonly EvaluationReport Report = VideoReport.Of(
        new Dictionary<string, ObjectTrack[]>
        {
            ["ski"] = [Track((1, 0.8), (0.4, 0.6)), Track((0.5, 0.1))],
            ["dog"] = [Track((0.9, 0.7))],
        },
        [new PictureScore("ski/0", 1), new PictureScore("ski/1", 0)],
        new VideoOptions { MatchObjects = true, BoundaryShare = 0.01 });

    [Fact]
    public void Of_Tracks_GivesMeansOverTheObjects()
    {
        double j = (0.7 + 0.5 + 0.9) / 3, f = (0.7 + 0.1 + 0.7) / 3;

        AssertFigures(
            Report.Groups[0].Figures,
            ("J&F", (j + f) / 2),
            ("J", j),
            ("J_recall", (0.5 + 0 + 1) / 3),
            ("J_decay", 0.6 / 3),
            ("F", f),
            ("F_recall", (1 + 0 + 1) / 3.0),
            ("F_decay", 0.2 / 3));
        Assert.Equal(("video", 2, "objects"), (Report.Metric, Report.Pictures, Report.ClassesName));
        Assert.Equal(
            ("0.01", "true", "3"),
            (Report.Settings["boundary_share"], Report.Settings["matched_objects"], Report.Settings["objects"]));
    }

    [Fact]
    public void Of_Object_IsNamedBySequenceAndNumber()
    {
        Assert.Equal(["ski_1", "ski_2", "dog_1"], Report.Classes.Select(row => row.Key));
        Assert.Equal(Report.Classes.Select(row => row.Key), Report.Classes.Select(row => row.Name));
        AssertFigures(
            Report.Classes[0].Figures, ("J_mean", 0.7), ("J_recall", 0.5), ("J_decay", 0.6), ("F_mean", 0.7), (
                "F_recall", 1), ("F_decay", 0.2));
    }

    [Fact]
    public void Mean_OfTwoPeople_HasTheMeanFirstAndEachAfterIt()
    {
        EvaluationReport other = Report with
        {
            Groups = [new FigureGroup(
                null, [.. Report.Groups[0].Figures.Select(figure => figure with { Value = figure.Value + 0.1 })])],
        };

        EvaluationReport mean = VideoReport.Mean([("Ann", Report), ("Bob", other)]);

        Assert.Equal([null, "Ann", "Bob"], mean.Groups.Select(group => group.Name));
        Assert.Equal(Report.Groups[0].Figures[0].Value!.Value + 0.05, mean.Groups[0].Figures[0].Value!.Value, 12);
        Assert.Equal(other.Groups[0].Figures, mean.Groups[2].Figures);
        Assert.Equal(4, mean.Pictures);
        Assert.Equal(6, mean.Classes.Count);
        Assert.Equal(("Ann/ski_1", "ski_1 (Ann)"), (mean.Classes[0].Key, mean.Classes[0].Name));
        Assert.Equal(
            ["ski/0 (Ann)", "ski/1 (Ann)", "ski/0 (Bob)", "ski/1 (Bob)"],
            mean.PictureScores.Select(score => score.Picture));
    }

    private static ObjectTrack Track(params (double J, double F)[] frames)
    {
        var track = new ObjectTrack();
        foreach ((double j, double f) in frames)
            track.Add(j, f);
        return track;
    }

    private static void AssertFigures(IReadOnlyList<Figure> figures, params (string Name, double Value)[] expected)
    {
        Assert.Equal(expected.Select(figure => figure.Name), figures.Select(figure => figure.Name));
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i].Value, figures[i].Value!.Value, 12);
    }
}
