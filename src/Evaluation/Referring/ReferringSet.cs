using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Formats.Coco;
using FrozenSeg.Evaluation.Formats.References;

namespace FrozenSeg.Evaluation.Referring;

/// <summary>
/// Reads references: a JSON file (as generated scenes or GRES have it), or RefCOCO's pickle; masks lie in the
/// references or in the <c>instances.json</c> beside them.
/// </summary>
internal static class ReferringSet
{
    private const string Instances = "instances.json";

    /// <param name="path">The file, or the folder it lies in.</param>
    /// <param name="split">Only references of this split, for instance <c>val</c>; null for all.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <exception cref="Shared.Problems.SegmentationProblemException">A file is missing or of another form.</exception>
    public static IReadOnlyList<ReferringItem> Read(string path, string? split, ProblemLog problems)
    {
        string file = Directory.Exists(path) ? Find(path) : path;
        ReferringDocument document = Document(file);
        string beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, Instances);
        bool needsMasks = (document.Refs ?? []).Any(entry => entry.Segmentation is null && IsAnnotated(entry))
            || document.Images is null;
        CocoDocument? instances = needsMasks ? JsonFile.Read(beside, CocoJsonContext.Default.CocoDocument) : null;
        Dictionary<string, CocoImage> images = (document.Images ?? instances?.Images ?? [])
            .Where(image => image.Id is not null).DistinctBy(image => image.Id).ToDictionary(image => image.Id!);
        Dictionary<long, CocoSegmentation> masks = (instances?.Annotations ?? [])
            .Where(annotation => annotation is { Id: not null, Segmentation: not null })
            .DistinctBy(annotation => annotation.Id)
                .ToDictionary(annotation => annotation.Id!.Value, annotation => annotation.Segmentation!);

        var items = new List<ReferringItem>();
        var ids = new HashSet<string>();
        foreach (ReferringEntry entry in
            (document.Refs ?? []).Where(entry => split is null || entry.Split is null || entry.Split == split))
        {
            string place = $"{file}, ref {entry.RefId}";
            if (entry.RefId is null
                || entry.ImageId is null
                || !images.TryGetValue(entry.ImageId, out CocoImage? image))
                problems.Add(place, $"it has no ref_id, or image {entry.ImageId} is not listed", "List the picture");
            else if (!ids.Add(entry.RefId))
                problems.Add(place, "the reference is listed more than once", "List it once");
            else
                items.Add(
                    new ReferringItem(entry.RefId, image, Sentences(entry), Targets(entry, masks, place, problems)));
        }

        if (items.Count == 0)
            problems.Add(
                file,
                $"there are no references{(split is null ? "" : $" of the split '{split}'")}",
                "Give RefCOCO's references");
        return items;
    }

    // RefCOCO's are pickles, GRES's a bare list.
    private static ReferringDocument Document(string file)
    {
        if (Path.GetExtension(file) == ".p")
            return RefPickle.Read(file);
        return JsonFile.IsList(file)
            ? new ReferringDocument { Refs = JsonFile.Read(file, CocoJsonContext.Default.ReferringEntryArray) }
            : JsonFile.Read(file, CocoJsonContext.Default.ReferringDocument);
    }

    private static string Find(string folder) =>
        Directory.EnumerateFiles(folder, "ref*").Order(StringComparer.Ordinal)
            .FirstOrDefault(file => Path.GetExtension(file) is ".json" or ".p")
                ?? Path.Combine(folder, "referring.json");

    private static bool IsAnnotated(ReferringEntry entry) => !entry.NoTarget && entry.AnnId is [> -1, ..];

    private static List<(string Id, string Text)> Sentences(ReferringEntry entry) =>
        [.. (entry.Sentences ?? []).Select(
            (sentence, i) => (sentence.SentId ?? $"{entry.RefId}.{i}", sentence.Sent ?? ""))];

    private static List<CocoSegmentation> Targets(
        ReferringEntry entry, Dictionary<long, CocoSegmentation> masks, string place, ProblemLog problems)
    {
        if (entry.Segmentation is not null)
            return [entry.Segmentation];
        var targets = new List<CocoSegmentation>();
        foreach (long id in IsAnnotated(entry) ? entry.AnnId! : [])
        {
            if (masks.TryGetValue(id, out CocoSegmentation? mask))
                targets.Add(mask);
            else
                problems.Add(
                    place, $"annotation {id} is not in {Instances}", "Give the instances the references belong to");
        }

        return targets;
    }
}
