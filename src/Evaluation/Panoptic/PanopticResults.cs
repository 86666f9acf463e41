using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Evaluation.Panoptic;

/// <summary>What <c>segment --task panoptic</c> wrote, as predictions of a dataset.</summary>
internal static class PanopticResults
{
    public static PanopticSet Read(
        IReadOnlyDictionary<string, (ResultFile File, SegmentationResult Result)> results,
        PanopticSet truth,
        ProblemLog problems)
    {
        var classes = new ClassMapping(truth.Classes);
        var pictures = new List<PanopticPicture>();
        foreach ((string name, (ResultFile file, SegmentationResult result)) in results)
        {
            string key = truth.KeysByName.GetValueOrDefault(name, name);
            if (result.Files.Panoptic is not string map)
                problems.Add(file.Path, "it holds no panoptic map", "Segment with --task panoptic");
            else
                pictures.Add(new PanopticPicture(
                    key,
                    Path.Combine(file.Folder, map),
                    file.Path,
                    Segments(file, result, classes, problems),
                    ListsOthers: result.Request.Tasks.Count > 1));
        }

        return new PanopticSet("the results", [], pictures, new Dictionary<string, string>());
    }

    private static List<SegmentLabel> Segments(
        ResultFile file, SegmentationResult result, ClassMapping classes, ProblemLog problems)
    {
        IReadOnlyList<DatasetClass?> mapped = classes.Of(result);
        var segments = new List<SegmentLabel>();
        foreach (ResultSegment segment in result.Segments.Where(segment => segment.Category is not null))
        {
            if (mapped[segment.Category!.Value] is DatasetClass category)
                segments.Add(new SegmentLabel(segment.Id, category.Id, IsCrowd: false, null));
            else
                problems.Add(
                    file.Path,
                    $"segment {segment.Id} is a '{segment.Label}', which is not a class of the annotations",
                    "Segment with the dataset's vocabulary");
        }

        return segments;
    }
}
