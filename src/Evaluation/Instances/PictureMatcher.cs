using FrozenSeg.Evaluation.Formats.Coco;

namespace FrozenSeg.Evaluation.Instances;

/// <summary>Matches all detections of a picture, class by class.</summary>
internal sealed class PictureMatcher(
    InstanceSet truth, string predictionSource, AveragePrecisionOptions rules, InstanceObjects objects)
{
    /// <summary>For each class that occurs the matches of every size range.</summary>
    public List<(int Category, CategoryMatches[] Ranges)> Match(
        CocoImage image, IReadOnlyList<CocoAnnotation> detections)
    {
        ILookup<int, CocoAnnotation> annotations = truth.Of(image.Id!)
            .ToLookup(annotation => annotation.CategoryId!.Value);
        ILookup<int, CocoAnnotation> predicted = Limited(detections).ToLookup(detection => detection.CategoryId!.Value);
        HashSet<int> negatives = [.. image.NegCategoryIds ?? []],
            unfinished = [.. image.NotExhaustiveCategoryIds ?? []];
        var matches = new List<(int, CategoryMatches[])>();
        foreach (int category in annotations.Select(group => group.Key).Union(predicted.Select(group => group.Key)))
        {
            InstanceObject[] wanted = [.. annotations[category]
                .Select(annotation => objects.Annotation(annotation, image, truth.Source, rules.IsFederated))
                    .Where(Exists)];
            // A federated dataset says nothing of classes that are neither annotated nor known to be absent.
            if (rules.IsFederated && wanted.Length == 0 && !negatives.Contains(category))
                continue;
            InstanceObject[] found = [.. Ranked(predicted[category])
                .Select(detection => objects.Detection(detection, image, predictionSource)).Where(Exists)];
            double[,] overlaps = InstanceOverlap.IoU(found, wanted, crowds: !rules.IsFederated);
            bool excuse = rules.IsFederated && unfinished.Contains(category);
            matches.Add((category, [.. AreaRange.All.Select(
                range => CategoryMatcher.Match(found, wanted, overlaps, range, excuse))]));
        }

        return matches;
    }

    // For the LVIS API what has no area is not there, annotated or detected; COCO keeps it.
    private bool Exists(InstanceObject instance) => !rules.IsFederated || instance.Area > 0;

    // LVIS limits a picture, COCO a class in a picture.
    private IEnumerable<CocoAnnotation> Limited(IReadOnlyList<CocoAnnotation> detections) =>
        rules.IsFederated && detections.Count > rules.DetectionLimits[^1]
            ? detections.OrderByDescending(detection => detection.Score).Take(rules.DetectionLimits[^1])
            : detections;

    private IEnumerable<CocoAnnotation> Ranked(IEnumerable<CocoAnnotation> detections)
    {
        IEnumerable<CocoAnnotation> ranked = detections.OrderByDescending(detection => detection.Score);
        return rules.IsFederated ? ranked : ranked.Take(rules.DetectionLimits[^1]);
    }
}
