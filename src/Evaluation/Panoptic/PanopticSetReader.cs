using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Formats.Coco;

namespace FrozenSeg.Evaluation.Panoptic;

/// <summary>
/// Reads COCO's panoptic form: a JSON file, and PNGs in the folder beside it that has the file's name.
/// </summary>
internal static class PanopticSetReader
{
    /// <summary>Reads annotations or predictions; whatever is wrong is noted, and left out.</summary>
    /// <param name="path">The JSON file.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <param name="maps">Folder of the PNGs; null for the one beside the file.</param>
    /// <exception cref="Shared.Problems.SegmentationProblemException">The file is missing or no JSON.</exception>
    public static PanopticSet Read(string path, ProblemLog problems, string? maps = null)
    {
        PanopticDocumentFile document = JsonFile.Read(path, CocoJsonContext.Default.PanopticDocumentFile);
        string folder = maps ?? PictureFolder(path);
        var pictures = new List<PanopticPicture>();
        var keys = new HashSet<string>();
        if (document.Annotations is null)
            problems.Add(path, "it has no annotations", "Give a COCO panoptic file");
        foreach (PanopticAnnotation annotation in document.Annotations ?? [])
        {
            if (annotation.ImageId is not string key || annotation.FileName is not string file)
                problems.Add(path, "an annotation lacks image_id or file_name", "Give both");
            else if (!keys.Add(key))
                problems.Add($"{path}, image {key}", "the picture is listed more than once", "List it once");
            else
                pictures.Add(new PanopticPicture(
                    key, Path.Combine(folder, file), path, Segments(annotation, $"{path}, image {key}", problems)));
        }

        return new PanopticSet(path, Classes(document, path, problems), pictures, Names(document, pictures));
    }

    // panopticapi's rule is the folder named like the file; detectron2 has it one level up, `segment` writes both into
    // one.
    private static string PictureFolder(string path)
    {
        string beside = Path.GetDirectoryName(Path.GetFullPath(path))!, name = Path.GetFileNameWithoutExtension(path);
        string[] places = [Path.Combine(beside, name), Path.Combine(beside, "..", name)];
        return places.FirstOrDefault(Directory.Exists) ?? beside;
    }

    private static List<SegmentLabel> Segments(PanopticAnnotation annotation, string place, ProblemLog problems)
    {
        var segments = new List<SegmentLabel>();
        var ids = new HashSet<int>();
        foreach (PanopticSegmentInfo info in annotation.SegmentsInfo ?? [])
        {
            if (info.Id is not int id || info.CategoryId is not int category)
                problems.Add(place, "a segment lacks id or category_id", "Give both");
            else if (!ids.Add(id))
                problems.Add(place, $"segment {id} is listed more than once", "List it once");
            else
                segments.Add(new SegmentLabel(id, category, info.Iscrowd == 1, info.Area));
        }

        return segments;
    }

    private static List<DatasetClass> Classes(PanopticDocumentFile document, string path, ProblemLog problems)
    {
        var classes = new List<DatasetClass>();
        foreach (CocoCategory category in document.Categories ?? [])
        {
            if (category.Id is not int id)
                problems.Add(path, $"the category '{category.Name}' has no id", "Give it one");
            else if (classes.Any(known => known.Id == id))
                problems.Add(path, $"category {id} is listed more than once", "List it once");
            else
                classes.Add(new DatasetClass(id, category.Name ?? $"{id}", category.Isthing == 1, category.Seen));
        }

        return classes;
    }

    private static Dictionary<string, string> Names(PanopticDocumentFile document, List<PanopticPicture> pictures)
    {
        var names = new Dictionary<string, string>();
        foreach (PanopticPicture picture in pictures)
            names[PictureNames.Of(picture.Path)] = picture.Key;
        foreach (CocoImage image in document.Images ?? [])
        {
            if (image.Id is not null && image.FileName is not null)
                names[PictureNames.Of(image.FileName)] = image.Id;
        }

        return names;
    }
}
