using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Formats.Coco;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Evaluation.Instances;

/// <summary>
/// Reads detections: COCO's results, a list of scored masks or boxes, or what <c>segment --task instance</c> wrote.
/// </summary>
internal static class DetectionReader
{
    /// <summary>Detections by picture id, in the file's order.</summary>
    /// <param name="path">A results file, a <c>result.json</c>, or a folder of results.</param>
    /// <param name="truth">The dataset they belong to.</param>
    /// <param name="boxes">Whether boxes will be compared.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static Dictionary<string, List<CocoAnnotation>> Read(
        string path, InstanceSet truth, bool boxes, ProblemLog problems)
    {
        IEnumerable<(string Place, CocoAnnotation Detection)> all = ResultSet.IsAt(path)
            ? FromResults(path, truth, problems)
            : FromFile(path);
        Dictionary<string, CocoImage> images = truth.Images.ToDictionary(image => image.Id!);
        HashSet<int> classes = [.. truth.Classes.Select(category => category.Id)];
        var detections = new Dictionary<string, List<CocoAnnotation>>();
        foreach ((string place, CocoAnnotation detection) in all)
        {
            if (detection.CategoryId is not int category || !classes.Contains(category))
                problems.Add(
                    place, $"it has the unknown category {detection.CategoryId}", "Use a category of the annotations");
            if (detection.Score is null)
                problems.Add(place, "it has no score", "Give it one");
            if (boxes ? detection.Bbox is not { Length: 4 }
                && detection.Segmentation is null : detection.Segmentation is null)
                problems.Add(
                    place, boxes ? "it has neither bbox nor segmentation" : "it has no segmentation", "Give it one");
            if (detection.ImageId is not string key || !images.TryGetValue(key, out CocoImage? image))
            {
                problems.Add(
                    place,
                    $"it belongs to image {detection.ImageId}, which is not among the annotations",
                    "Take it out");
                continue;
            }

            InstanceSetReader.CheckSize(detection.Segmentation, image, place, problems);
            if (!detections.TryGetValue(key, out List<CocoAnnotation>? list))
                detections[key] = list = [];
            list.Add(detection);
        }

        return detections;
    }

    private static IEnumerable<(string Place, CocoAnnotation Detection)> FromFile(string path) =>
        JsonFile.Read(path, CocoJsonContext.Default.CocoAnnotationArray)
            .Select((detection, i) => ($"{path}, detection {i}", detection));

    private static IEnumerable<(string Place, CocoAnnotation Detection)> FromResults(
        string path, InstanceSet truth, ProblemLog problems)
    {
        var classes = new ClassMapping(truth.Classes);
        Dictionary<string, string> keys = [];
        foreach (CocoImage image in truth.Images)
            keys.TryAdd(PictureNames.Of(image.Name), image.Id!);
        IReadOnlyDictionary<string, (ResultFile File, SegmentationResult Result)> results = ResultSet.Read(
            path, problems);
        foreach (string missing in keys.Keys.Where(name => !results.ContainsKey(name)))
            problems.Add(
                $"{path}, image {keys[missing]}", $"there is no result for the picture '{missing}'", "Segment it");
        foreach ((string name, (ResultFile file, SegmentationResult result)) in results)
        {
            IReadOnlyList<DatasetClass?> mapped = classes.Of(result);
            foreach (ResultSegment segment in JointAnswers.Of(file.Folder, result).Instances.Where(
                segment => segment.Category is not null && segment.IsThing))
            {
                string place = $"{file.Path}, segment {segment.Id}";
                if (mapped[segment.Category!.Value] is DatasetClass category)
                    yield return (place, Detection(segment, keys.GetValueOrDefault(name, name), category.Id));
                else
                    problems.Add(
                        place,
                        $"it is a '{segment.Label}', which is not a class of the annotations",
                        "Segment with the dataset's vocabulary");
            }
        }
    }

    private static CocoAnnotation Detection(ResultSegment segment, string key, int category) => new()
    {
        ImageId = key,
        CategoryId = category,
        Segmentation = CocoSegmentation.From(segment.Segmentation),
        Score = segment.Score,
    };
}
