using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Formats.Labels;
using FrozenSeg.Evaluation.Reports;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Evaluation.Panoptic;

/// <summary>A pair of panoptic maps for people to look at.</summary>
internal static class PanopticLook
{
    /// <summary>The segments of both maps, named by class.</summary>
    public static ComparedPicture Of(
        PanopticPicture truth, PanopticPicture prediction, IReadOnlyList<DatasetClass> classes)
    {
        Dictionary<int, string> names = classes.ToDictionary(category => category.Id, category => category.Name);
        return new ComparedPicture(PictureNames.Of(truth.Path), Masks(truth, names), Masks(prediction, names));
    }

    private static List<NamedMask> Masks(PanopticPicture picture, Dictionary<int, string> names)
    {
        LabelMap map = LabelPictures.Map(LabelPictures.Read(picture.Path));
        HashSet<int> painted = [.. map.Labels];
        return [.. picture.Segments.Where(segment => painted.Contains(segment.Id)).Select(segment => new NamedMask(
            names[segment.Category], segment.Category, RunLengthEncoding.FromMask(map.MaskOf(segment.Id))))];
    }
}
