using FrozenSeg.Evaluation.Formats.Labels;
using FrozenSeg.Evaluation.Reports;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Evaluation.Semantic;

/// <summary>A pair of semantic maps for people to look at.</summary>
internal static class SemanticLook
{
    /// <summary>The classes of both maps; what is not evaluated is left out.</summary>
    public static ComparedPicture Of(SemanticPicture truth, SemanticPicture prediction, SemanticOptions labels)
    {
        Dictionary<int, string> names = (labels.Classes ?? [])
            .ToDictionary(category => category.Id, category => category.Name);
        return new ComparedPicture(truth.Key, Masks(truth, labels, names), Masks(prediction, labels, names));
    }

    private static List<NamedMask> Masks(SemanticPicture picture, SemanticOptions labels, Dictionary<int, string> names)
    {
        Raster raster = LabelPictures.Read(picture.Path);
        LabelMap map = LabelPictures.Map(raster);
        int largest = SemanticPicture.LargestSample(raster);
        Span<int> all = map.Labels;
        for (int at = 0; at < all.Length; at++)
            all[at] = picture.ClassOf(all[at], largest);
        return [.. all.ToArray().Distinct().Where(
            id => id != SemanticPicture.Void && !labels.Ignored.Contains(id)).Order()
            .Select(id => new NamedMask(
                names.GetValueOrDefault(id, $"{id}"), id, RunLengthEncoding.FromMask(map.MaskOf(id))))];
    }
}
