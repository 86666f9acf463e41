using System.Globalization;
using FrozenSeg.Evaluation.Reports;

namespace FrozenSeg.Evaluation.Panoptic;

/// <summary>Turns counts into the figures people compare: means over the classes that occur.</summary>
internal static class PanopticReport
{
    public static EvaluationReport Of(
        IReadOnlyList<DatasetClass> classes,
        IReadOnlyDictionary<int, PanopticCounts> counts,
        IReadOnlyList<PictureScore> scores)
    {
        var groups = new List<FigureGroup>
        {
            Group("all", classes, counts, _ => true),
            Group("things", classes, counts, category => category.IsThing),
            Group("stuff", classes, counts, category => !category.IsThing),
        };
        if (classes.Any(category => category.IsSeen is not null))
        {
            groups.Add(Group("seen", classes, counts, category => category.IsSeen is true));
            groups.Add(Group("unseen", classes, counts, category => category.IsSeen is false));
        }

        return new EvaluationReport
        {
            Metric = "panoptic",
            Pictures = scores.Count,
            Groups = groups,
            Classes = [.. classes.Select(category => Row(category, counts.GetValueOrDefault(category.Id)))],
            PictureScores = scores,
        };
    }

    private static FigureGroup Group(
        string name,
        IReadOnlyList<DatasetClass> classes,
        IReadOnlyDictionary<int, PanopticCounts> counts,
        Func<DatasetClass, bool> belongs)
    {
        PanopticCounts[] present = [.. classes.Where(belongs)
            .Select(category => counts.GetValueOrDefault(category.Id)).Where(count => count.Occurs)];
        return new FigureGroup(name,
        [
            Mean("pq", present, count => count.Quality),
            Mean("sq", present, count => count.SegmentationQuality),
            Mean("rq", present, count => count.RecognitionQuality),
            Figure.Count("n", present.Length),
        ]);
    }

    private static Figure Mean(string name, PanopticCounts[] present, Func<PanopticCounts, double> value) =>
        new(name, present.Length == 0 ? null : present.Average(value));

    private static ClassFigures Row(DatasetClass category, PanopticCounts count) => new(
        category.Id.ToString(CultureInfo.InvariantCulture),
        category.Name,
        [
            new Figure("pq", count.Quality),
            new Figure("sq", count.SegmentationQuality),
            new Figure("rq", count.RecognitionQuality),
            Figure.Count("tp", count.TruePositives),
            Figure.Count("fp", count.FalsePositives),
            Figure.Count("fn", count.FalseNegatives),
            new Figure("iou_sum", count.IoUSum),
        ]);
}
