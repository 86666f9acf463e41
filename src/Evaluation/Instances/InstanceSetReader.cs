using System.Globalization;
using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Formats.Coco;

namespace FrozenSeg.Evaluation.Instances;

/// <summary>Reads COCO's and LVIS's instances files and checks them.</summary>
internal static class InstanceSetReader
{
    /// <param name="path">The JSON file.</param>
    /// <param name="federated">Whether LVIS's members are needed.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <exception cref="Shared.Problems.SegmentationProblemException">The file is missing or no JSON.</exception>
    public static InstanceSet Read(string path, bool federated, ProblemLog problems)
    {
        CocoDocument document = JsonFile.Read(path, CocoJsonContext.Default.CocoDocument);
        Dictionary<string, CocoImage> images = Images(document, path, federated, problems);
        Dictionary<int, CocoCategory> categories = Categories(document, path, federated, problems);
        return new InstanceSet(
            path,
            [.. categories.Values.OrderBy(category => category.Id)
                .Select(category => new DatasetClass(
                    category.Id!.Value, category.Name ?? $"{category.Id}", category.Isthing != 0, category.Seen))],
            [.. images.Values.OrderBy(
                image => long.TryParse(image.Id, CultureInfo.InvariantCulture, out long id) ? id : long.MaxValue)
                .ThenBy(image => image.Id, StringComparer.Ordinal)],
            Annotations(document, path, images, categories, problems),
            categories.ToDictionary(category => category.Key, category => category.Value.Frequency ?? ""));
    }

    private static Dictionary<string, CocoImage> Images(
        CocoDocument document, string path, bool federated, ProblemLog problems)
    {
        if (document.Images is null)
            problems.Add(path, "it has no images", "Give a COCO or LVIS instances file");
        var images = new Dictionary<string, CocoImage>();
        foreach (CocoImage image in document.Images ?? [])
        {
            if (image.Id is null)
                problems.Add(path, $"the image '{image.FileName}' has no id", "Give it one");
            else if (!images.TryAdd(image.Id, image))
                problems.Add($"{path}, image {image.Id}", "the image is listed more than once", "List it once");
            else if (image.Width <= 0 || image.Height <= 0)
                problems.Add($"{path}, image {image.Id}", "the image has no width and height", "Give both");
            else if (federated && (image.NegCategoryIds is null || image.NotExhaustiveCategoryIds is null))
                problems.Add(
                    $"{path}, image {image.Id}",
                    "neg_category_ids or not_exhaustive_category_ids is missing",
                    "Give an LVIS file, or use 'eval instance'");
        }

        return images;
    }

    private static Dictionary<int, CocoCategory> Categories(
        CocoDocument document, string path, bool federated, ProblemLog problems)
    {
        if (document.Categories is null)
            problems.Add(path, "it has no categories", "Give a COCO or LVIS instances file");
        var categories = new Dictionary<int, CocoCategory>();
        foreach (CocoCategory category in document.Categories ?? [])
        {
            if (category.Id is not int id)
                problems.Add(path, $"the category '{category.Name}' has no id", "Give it one");
            else if (!categories.TryAdd(id, category))
                problems.Add(path, $"category {id} is listed more than once", "List it once");
            else if (federated && category.Frequency is not ("r" or "c" or "f"))
                problems.Add(path, $"category {id} has the frequency '{category.Frequency}'", "LVIS knows r, c and f");
        }

        return categories;
    }

    private static Dictionary<string, IReadOnlyList<CocoAnnotation>> Annotations(
        CocoDocument document,
        string path,
        Dictionary<string, CocoImage> images,
        Dictionary<int, CocoCategory> categories,
        ProblemLog problems)
    {
        var annotations = new Dictionary<string, IReadOnlyList<CocoAnnotation>>();
        var ids = new HashSet<long>();
        foreach (CocoAnnotation annotation in document.Annotations ?? [])
        {
            string place = $"{path}, annotation {annotation.Id}";
            if (annotation.Id is not long id)
                problems.Add(path, $"an annotation of image {annotation.ImageId} has no id", "Give it one");
            else if (!ids.Add(id))
                problems.Add(place, "the annotation is listed more than once", "List it once");
            if (annotation.CategoryId is not int category || !categories.ContainsKey(category))
                problems.Add(
                    place, $"it has the unknown category {annotation.CategoryId}", "Use a category of the file");
            if (annotation.Segmentation is null)
                problems.Add(place, "it has no segmentation", "Give it one");
            if (annotation.ImageId is not string key || !images.TryGetValue(key, out CocoImage? image))
            {
                problems.Add(place, $"it belongs to the unknown image {annotation.ImageId}", "List the image");
                continue;
            }

            CheckSize(annotation.Segmentation, image, place, problems);
            if (!annotations.TryGetValue(key, out IReadOnlyList<CocoAnnotation>? list))
                annotations[key] = list = new List<CocoAnnotation>();
            ((List<CocoAnnotation>)list).Add(annotation);
        }

        return annotations;
    }

    /// <summary>Notes run lengths that are not of their picture's size.</summary>
    public static void CheckSize(CocoSegmentation? segmentation, CocoImage image, string place, ProblemLog problems)
    {
        if (segmentation?.Size is int[] size && !size.SequenceEqual([image.Height, image.Width]))
        {
            problems.Add(
                place,
                $"the mask has the size {string.Join('×', size)}, and image {image.Id} {image.Height}×{image.Width}",
                "Give masks of the picture's height and width");
        }
    }
}
