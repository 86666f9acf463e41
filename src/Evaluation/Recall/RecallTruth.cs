using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Formats.Coco;
using FrozenSeg.Evaluation.Instances;
using FrozenSeg.Evaluation.Panoptic;
using FrozenSeg.Pipeline.Foundation.Imaging.Png;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Evaluation.Recall;

/// <summary>Annotated masks of a COCO instances or panoptic file.</summary>
/// <param name="Classes">The classes.</param>
/// <param name="Pictures">The pictures.</param>
internal sealed record RecallTruth(IReadOnlyList<DatasetClass> Classes, IReadOnlyList<RecallPicture> Pictures)
{
    /// <summary>Reads either form; a panoptic file is known by its <c>segments_info</c>.</summary>
    public static RecallTruth Read(string path, string? maps, ProblemLog problems)
    {
        PanopticDocumentFile document = JsonFile.Read(path, CocoJsonContext.Default.PanopticDocumentFile);
        return (document.Annotations ?? []).Any(annotation => annotation.SegmentsInfo is not null)
            ? FromPanoptic(PanopticSetReader.Read(path, problems, maps))
            : FromInstances(InstanceSetReader.Read(path, federated: false, problems));
    }

    private static RecallTruth FromPanoptic(PanopticSet set) => new(
        set.Classes,
        [.. set.Pictures.Select(
            picture => new RecallPicture(picture.Key, PictureNames.Of(picture.Path), () => Masks(picture)))]);

    private static RecallTruth FromInstances(InstanceSet set) => new(
        set.Classes,
        [.. set.Images.Select(
            image => new RecallPicture(image.Id!, PictureNames.Of(image.Name), () => Masks(set, image)))]);

    private static List<(int, RunLengthEncoding)> Masks(PanopticPicture picture)
    {
        LabelMap map = PanopticPng.Read(EvaluationFiles.Load(picture.Path), picture.Path);
        return [.. picture.Segments.Where(segment => !segment.IsCrowd)
            .Select(segment => (segment.Category, RunLengthEncoding.FromMask(map.MaskOf(segment.Id))))];
    }

    private static List<(int, RunLengthEncoding)> Masks(InstanceSet set, CocoImage image)
    {
        var masks = new List<(int, RunLengthEncoding)>();
        foreach (CocoAnnotation annotation in set.Of(image.Id!).Where(annotation => annotation.Iscrowd is null or 0))
        {
            try
            {
                masks.Add((annotation.CategoryId!.Value, annotation.Segmentation!.ToMask(image.Height, image.Width)));
            }
            catch (FormatException failure)
            {
                throw SegmentationProblem.InvalidRequest(
                    $"{set.Source}, annotation {annotation.Id}", failure.Message, "Write the mask again", failure);
            }
        }

        return masks;
    }
}
