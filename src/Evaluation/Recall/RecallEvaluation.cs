using System.Globalization;
using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Reports;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Regions;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Evaluation.Recall;

/// <summary>
/// Mask recall, whatever the classes: the share of annotated segments that some predicted mask covers with an IoU of at
/// least 0.5, 0.75 and 0.9, for all, seen and unseen classes (the measure of FrozenSeg's table 8).
/// </summary>
internal static class RecallEvaluation
{
    private static readonly double[] Thresholds = [0.5, 0.75, 0.9];

    /// <summary>Measures masks.</summary>
    /// <param name="truthPath">COCO instances or panoptic JSON.</param>
    /// <param name="predictionPath">COCO results JSON, or a <c>result.json</c>, or a folder of such results.</param>
    /// <param name="classesPath">A list that says which classes were seen; null for none.</param>
    /// <param name="options">How to run.</param>
    /// <exception cref="Shared.Problems.SegmentationProblemException">Anything is wrong with the input; carries all of
    /// it.</exception>
    public static EvaluationReport Run(
        string truthPath, string predictionPath, string? classesPath, EvaluationOptions options)
    {
        var problems = new ProblemLog();
        RecallTruth truth = problems.Attempt(
            () => RecallTruth.Read(truthPath, options.TruthMaps, problems), predictionPath);
        RecallPicture[] pictures = [.. truth.Pictures.Where(picture => options.Includes(picture.Name))];
        RecallProposals proposals = problems.Attempt(() => new RecallProposals(predictionPath, problems));
        proposals.Check(pictures, problems);
        problems.ThrowIfAny();

        var best = new List<(int Category, double IoU)>();
        var scores = new List<PictureScore>(pictures.Length);
        OrderedWork.Run(pictures, options, problems, picture => Best(picture, proposals), (picture, found) =>
        {
            best.AddRange(found);
            scores.Add(new PictureScore(picture.Name, found.Length == 0 ? 1 : found.Average(segment => segment.IoU))
            {
                Look = () => Look(picture, proposals, truth.Classes),
            });
        });
        problems.ThrowIfAny();
        return Report(ClassesFile.Annotate(truth.Classes, classesPath), best, scores);
    }

    private static (int Category, double IoU)[] Best(RecallPicture picture, RecallProposals proposals)
    {
        IReadOnlyList<(int Category, RunLengthEncoding Mask)> wanted = picture.Load();
        if (wanted.Count == 0)
            return [];
        IReadOnlyList<RunLengthEncoding> found = proposals.Of(picture, wanted[0].Mask);
        return [.. wanted.Select(segment => (
            segment.Category, found.Select(mask => RunLengths.IoU(segment.Mask, mask)).DefaultIfEmpty(0).Max()))];
    }

    // Of many masks those are shown that cover the annotated ones best.
    private static ComparedPicture Look(
        RecallPicture picture, RecallProposals proposals, IReadOnlyList<DatasetClass> classes)
    {
        Dictionary<int, string> names = classes.ToDictionary(category => category.Id, category => category.Name);
        NamedMask[] wanted = [.. picture.Load().Select(
            segment => new NamedMask(names.GetValueOrDefault(segment.Category, ""), segment.Category, segment.Mask))];
        IReadOnlyList<RunLengthEncoding> found = wanted.Length == 0 ? [] : proposals.Of(picture, wanted[0].Mask);
        return new ComparedPicture(picture.Name, wanted, found.Count == 0 ? [] : [.. wanted.Select(segment =>
            segment with { Mask = found.MaxBy(mask => RunLengths.IoU(segment.Mask, mask))! })]);
    }

    private static EvaluationReport Report(
        IReadOnlyList<DatasetClass> classes, List<(int Category, double IoU)> best, List<PictureScore> scores)
    {
        var groups = new List<FigureGroup> { new("all", Figures(best)) };
        if (classes.Any(category => category.IsSeen is not null))
        {
            groups.Add(new FigureGroup("seen", Figures(Of(category => category.IsSeen is true))));
            groups.Add(new FigureGroup("unseen", Figures(Of(category => category.IsSeen is false))));
        }

        ILookup<int, double> byClass = best.ToLookup(segment => segment.Category, segment => segment.IoU);
        return new EvaluationReport
        {
            Metric = "recall",
            Pictures = scores.Count,
            Groups = groups,
            Classes = [.. classes.Select(category => new ClassFigures(
                category.Id.ToString(CultureInfo.InvariantCulture),
                category.Name,
                Figures([.. byClass[category.Id].Select(iou => (category.Id, iou))])))],
            PictureScores = scores,
        };

        List<(int, double)> Of(Func<DatasetClass, bool> belongs)
        {
            HashSet<int> ids = [.. classes.Where(belongs).Select(category => category.Id)];
            return [.. best.Where(segment => ids.Contains(segment.Category))];
        }
    }

    private static List<Figure> Figures(List<(int Category, double IoU)> segments) =>
    [
        .. Thresholds.Select(threshold => new Figure(
            $"R@{threshold.ToString(CultureInfo.InvariantCulture)}",
            segments.Count == 0 ? null : segments.Average(segment => segment.IoU >= threshold ? 1 : 0))),
        Figure.Count("n", segments.Count),
    ];
}
