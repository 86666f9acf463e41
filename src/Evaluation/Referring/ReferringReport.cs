using System.Globalization;
using FrozenSeg.Evaluation.Reports;

namespace FrozenSeg.Evaluation.Referring;

/// <summary>Turns overlaps into the figures people compare.</summary>
internal static class ReferringReport
{
    private static readonly double[] Thresholds = [0.5, 0.6, 0.7, 0.8, 0.9];

    public static EvaluationReport Of(IReadOnlyList<ReferringOverlap> overlaps, IReadOnlyList<PictureScore> scores)
    {
        ReferringOverlap[] targets = [.. overlaps.Where(overlap => overlap.HasTarget)];
        ReferringOverlap[] empty = [.. overlaps.Where(overlap => !overlap.HasTarget)];
        var figures = new List<Figure> { Mean("mIoU", targets, overlap => overlap.IoU), Overall("oIoU", targets) };
        figures.AddRange(Thresholds.Select(threshold => Mean(
            $"P@{threshold.ToString(CultureInfo.InvariantCulture)}",
            targets,
            overlap => overlap.IoU >= threshold ? 1 : 0)));
        figures.Add(Mean("gIoU", overlaps, overlap => overlap.GeneralisedIoU));
        figures.Add(Overall("cIoU", overlaps));
        figures.Add(Mean("N_acc", empty, overlap => overlap.Found == 0 ? 1 : 0));
        figures.Add(Mean("T_acc", targets, overlap => overlap.Found > 0 ? 1 : 0));
        return new EvaluationReport
        {
            Metric = "referring",
            Pictures = overlaps.Count,
            Groups = [new FigureGroup(null, figures)],
            PictureScores = scores,
            Settings = new Dictionary<string, string>
            {
                ["no_target"] = empty.Length.ToString(CultureInfo.InvariantCulture),
            },
        };
    }

    private static Figure Mean(
        string name, IReadOnlyList<ReferringOverlap> overlaps, Func<ReferringOverlap, double> value) =>
        new(name, overlaps.Count == 0 ? null : overlaps.Average(value));

    private static Figure Overall(string name, IReadOnlyList<ReferringOverlap> overlaps)
    {
        double union = overlaps.Sum(overlap => (double)overlap.Union);
        return new Figure(name, union == 0 ? null : overlaps.Sum(overlap => (double)overlap.Intersection) / union);
    }
}
