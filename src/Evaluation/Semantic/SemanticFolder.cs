using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Evaluation.Semantic;

/// <summary>
/// Finds the pictures of a semantic dataset: PNGs or TIFFs anywhere below a folder, paired by file name.
/// </summary>
internal static class SemanticFolder
{
    private static readonly string[] Endings = [".png", ".tif", ".tiff"];

    /// <exception cref="SegmentationProblemException">The folder is missing or holds no map.</exception>
    public static Dictionary<string, SemanticPicture> Read(string folder, LabelScheme scheme, ProblemLog problems)
    {
        if (!Directory.Exists(folder))
            throw SegmentationProblem.Storage(folder, "there is no such folder", "Give a folder of maps");
        string[] files = [.. FolderTree.FilesBelow(folder)
            .Where(file => Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal)];
        // A Cityscapes folder holds colours, instances and polygons of every picture too.
        string wanted = scheme is LabelScheme.Cityscapes ? "_labelIds.png" : "_labelTrainIds.png";
        if (files.Any(file => file.EndsWith(wanted, StringComparison.Ordinal)))
            files = [.. files.Where(file => file.EndsWith(wanted, StringComparison.Ordinal))];
        if (files.Length == 0)
            throw SegmentationProblem.Storage(folder, "there is no PNG or TIFF in it", "Give a folder of maps");

        var pictures = new Dictionary<string, SemanticPicture>();
        foreach (string file in files)
        {
            string key = PictureNames.Of(file);
            if (!pictures.TryAdd(key, new SemanticPicture(key, file, scheme)))
                problems.Add(file, $"the picture '{key}' is there already, as {pictures[key].Path}", "Keep one");
        }

        return pictures;
    }

    /// <summary>
    /// The maps <c>segment --task semantic</c> wrote, their labels carried over to the dataset's classes by name.
    /// </summary>
    public static Dictionary<string, SemanticPicture> FromResults(
        string path, IReadOnlyList<DatasetClass>? classes, ProblemLog problems)
    {
        ClassMapping? mapping = classes is null ? null : new ClassMapping(classes);
        var pictures = new Dictionary<string, SemanticPicture>();
        foreach ((string key, (ResultFile file, SegmentationResult result)) in ResultSet.Read(
            path, problems, withMasks: false))
        {
            if (result.Files.Semantic is not string map)
                problems.Add(file.Path, "it holds no semantic map", "Segment with --task semantic");
            else
                pictures[key] = new SemanticPicture(key, Path.Combine(file.Folder, map), LabelScheme.Plain, Vocabulary(
                    file, result, mapping, problems));
        }

        return pictures;
    }

    private static List<int> Vocabulary(
        ResultFile file, SegmentationResult result, ClassMapping? mapping, ProblemLog problems)
    {
        IReadOnlyList<DatasetClass?>? mapped = mapping?.Of(result);
        var labels = new List<int>();
        foreach (ResultCategory entry in result.Vocabulary)
        {
            if (mapped is not null && mapped[labels.Count] is null)
                problems.Add(
                    file.Path,
                    $"its vocabulary has '{entry.Name}', which is not a class of the dataset",
                    "Segment with the dataset's vocabulary");
            labels.Add(mapped is null ? labels.Count : mapped[labels.Count]?.Id ?? SemanticPicture.Void);
        }

        return labels;
    }
}
