using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Formats.Coco;
using FrozenSeg.Evaluation.Reports;

namespace FrozenSeg.Evaluation.Instances;

/// <summary>
/// Average precision of masks or boxes, by the rules and to the digits of pycocotools and the LVIS API.
/// </summary>
internal static class InstanceEvaluation
{
    /// <summary>Measures detections.</summary>
    /// <param name="truthPath">COCO or LVIS instances JSON.</param>
    /// <param name="predictionPath">COCO results JSON, or a <c>result.json</c>, or a folder of such results.</param>
    /// <param name="rules">COCO's or LVIS's.</param>
    /// <param name="options">How to run.</param>
    /// <exception cref="Shared.Problems.SegmentationProblemException">Anything is wrong with the input; carries all of
    /// it.</exception>
    public static EvaluationReport Run(
        string truthPath, string predictionPath, AveragePrecisionOptions rules, EvaluationOptions options)
    {
        var problems = new ProblemLog();
        InstanceSet truth = problems.Attempt(
            () => InstanceSetReader.Read(truthPath, rules.IsFederated, problems), predictionPath);
        if (options.Only is not null)
            truth = truth with { Images = [.. truth.Images.Where(image => options.Includes(image.Name))] };
        Dictionary<string, List<CocoAnnotation>> detections = problems.Attempt(
            () => DetectionReader.Read(predictionPath, truth, rules.Boxes, problems));
        problems.ThrowIfAny();

        bool statedBoxes = detections.Values.SelectMany(list => list).FirstOrDefault()?.Bbox is { Length: 4 };
        var objects = new InstanceObjects(rules.Boxes, statedBoxes);
        var pictures = new PictureMatcher(truth, predictionPath, rules, objects);
        var byClass = truth.Classes.ToDictionary(
            category => category.Id, _ => AreaRange.All.Select(_ => new List<CategoryMatches>()).ToArray());
        OrderedWork.Run(
            truth.Images,
            options,
            problems,
            image => pictures.Match(image, detections.GetValueOrDefault(image.Id!, [])),
            (_, matches) =>
            {
                foreach ((int category, CategoryMatches[] ranges) in matches)
                {
                    for (int range = 0; range < ranges.Length; range++)
                        byClass[category][range].Add(ranges[range]);
                }
            });
        problems.ThrowIfAny();
        return InstanceReport.Of(truth, rules, Curves(truth, rules, byClass, options),
            [.. Warnings(truth), .. objects.Empty.Warnings(Fate(rules))]);
    }

    private static Dictionary<(int Category, int Range, int Limit), PrecisionRecall> Curves(
        InstanceSet truth,
        AveragePrecisionOptions rules,
        Dictionary<int, List<CategoryMatches>[]> byClass,
        EvaluationOptions options) =>
        (from category in truth.Classes.AsParallel().WithDegreeOfParallelism(
            Math.Clamp(options.Threads, 1, 512)).WithCancellation(options.Cancellation)
         from range in Enumerable.Range(0, AreaRange.All.Count)
         from limit in rules.DetectionLimits
             // Smaller limits are asked for over all sizes only.
         where range == 0 || limit == rules.DetectionLimits[^1]
         let curve = PrecisionRecall.Of(byClass[category.Id][range], rules.IsFederated ? int.MaxValue : limit)
         where curve is not null
         select (Key: (category.Id, range, limit), curve)).ToDictionary(entry => entry.Key, entry => entry.curve);

    private static string Fate(AveragePrecisionOptions rules) =>
        rules.IsFederated
            ? "they cannot be found, and count as missed where they state an area"
            : "they count as missed";

    private static string[] Warnings(InstanceSet truth) =>
        truth.Annotations.Values.SelectMany(list => list).Any(annotation => annotation.Id == 0)
            ? [
                "an annotation has the id 0: as in pycocotools, a detection that finds it counts as a false one; "
                    + "number annotations from 1"
            ]
            : [];
}
