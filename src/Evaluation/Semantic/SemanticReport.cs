using System.Globalization;
using FrozenSeg.Evaluation.Reports;

namespace FrozenSeg.Evaluation.Semantic;

/// <summary>Turns a confusion matrix into the figures people compare.</summary>
internal static class SemanticReport
{
    public static EvaluationReport Of(
        ConfusionMatrix matrix, ClassPresence presence, SemanticOptions labels, IReadOnlyList<PictureScore> scores)
    {
        IReadOnlyList<DatasetClass> classes = labels.Classes ?? [.. Enumerable.Range(0, matrix.LargestClass() + 1)
            .Where(id => !labels.Ignored.Contains(id))
            .Select(id => new DatasetClass(id, id.ToString(CultureInfo.InvariantCulture), IsThing: false))];
        IReadOnlyDictionary<int, ClassPixels> pixels = matrix.Classes();
        var groups = new List<FigureGroup> { Group(null, pixels, _ => true) };
        if (labels.Background is int background)
            groups.Add(Group("without_background", matrix.Classes(excluded: background), id => id != background));
        if (classes.Any(category => category.IsSeen is not null))
        {
            groups.Add(Group("seen", pixels, Are(classes.Where(category => category.IsSeen is true))));
            groups.Add(Group("unseen", pixels, Are(classes.Where(category => category.IsSeen is false))));
        }

        if (presence != default)
            groups.Add(new FigureGroup("words", [Figure.Fraction("present_kept", presence.KeptShare), Figure.Fraction(
                "absent_removed", presence.RemovedShare)]));

        return new EvaluationReport
        {
            Metric = "semantic",
            Pictures = scores.Count,
            Groups = groups,
            Classes = [.. classes.Select(category => Row(category, pixels.GetValueOrDefault(category.Id)))],
            PictureScores = scores,
            Settings = new Dictionary<string, string>
            {
                ["ignored"] = string.Join(", ", labels.Ignored),
                ["gt_labels"] = labels.TruthLabels.ToString().ToLowerInvariant(),
                ["pred_labels"] = labels.PredictionLabels.ToString().ToLowerInvariant(),
            },
        };
    }

    private static Func<int, bool> Are(IEnumerable<DatasetClass> classes)
    {
        HashSet<int> ids = [.. classes.Select(category => category.Id)];
        return ids.Contains;
    }

    private static FigureGroup Group(
        string? name, IReadOnlyDictionary<int, ClassPixels> classes, Func<int, bool> belongs)
    {
        ClassPixels[] present = [.. classes.Where(pair => belongs(pair.Key) && pair.Value.Annotated > 0).OrderBy(
            pair => pair.Key).Select(pair => pair.Value)];
        double annotated = present.Sum(pixels => (double)pixels.Annotated);
        return new FigureGroup(name,
        [
            Mean("mIoU", present, pixels => pixels.IoU),
            new Figure(
                "FWIoU", present.Length == 0 ? null : present.Sum(pixels => pixels.Annotated / annotated * pixels.IoU)),
            new Figure("pAcc", present.Length == 0 ? null : present.Sum(pixels => (double)pixels.Hits) / annotated),
            Mean("mAcc", present, pixels => pixels.Accuracy),
            Figure.Count("n", present.Length),
        ]);
    }

    private static Figure Mean(string name, ClassPixels[] present, Func<ClassPixels, double> value) =>
        new(name, present.Length == 0 ? null : present.Average(value));

    private static ClassFigures Row(DatasetClass category, ClassPixels pixels) => new(
        category.Id.ToString(CultureInfo.InvariantCulture),
        category.Name,
        [
            Figure.Fraction("IoU", pixels.IoU),
            Figure.Fraction("Acc", pixels.Accuracy),
            Figure.Count("annotated", pixels.Annotated),
            Figure.Count("predicted", pixels.Predicted),
        ]);
}
