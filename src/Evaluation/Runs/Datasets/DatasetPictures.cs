using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Evaluation.Runs.Datasets;

/// <summary>Finds the pictures of a dataset.</summary>
internal static class DatasetPictures
{
    private const int MostNamed = 20;

    private static readonly string[] Endings = [".png", ".jpg", ".jpeg", ".webp"];

    /// <summary>The pictures of a layout, by name; only those of its list where it has one.</summary>
    /// <exception cref="SegmentationProblemException">The folder is missing, or a name is there twice.</exception>
    public static DatasetPicture[] Find(string root, DatasetLayout layout)
    {
        string folder = Path.Combine(root, layout.Images);
        if (!Directory.Exists(folder))
            throw SegmentationProblem.Storage(folder, "the folder of pictures is missing", "Give the dataset's root");
        DatasetPicture[] pictures = [.. layout.MoreImages.Prepend(layout.Images).Select(
            images => Path.Combine(root, images)).Where(Directory.Exists)
            .SelectMany(images => FolderTree.FilesBelow(images))
            .Where(file => Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Select(file => new DatasetPicture(PictureNames.Of(file), file))
                .OrderBy(picture => picture.Name, StringComparer.Ordinal)
            .ThenBy(picture => picture.Path, StringComparer.Ordinal)];
        string list = Path.Combine(root, layout.List ?? "");
        if (layout.List is not null && File.Exists(list))
        {
            string[] wanted = [.. File.ReadAllLines(list).Select(line => line.Trim()).Where(line => line.Length > 0)];
            HashSet<string> there = [.. pictures.Select(picture => picture.Name)];
            string[] lost = [.. wanted.Where(name => !there.Contains(name))];
            if (lost.Length > 0)
                throw Lost(folder, lost);
            HashSet<string> listed = [.. wanted];
            pictures = [.. pictures.Where(picture => listed.Contains(picture.Name))];
        }

        SegmentationProblem[] doubled = [.. pictures.GroupBy(
            picture => picture.Name).Where(group => group.Count() > 1).Select(group => new SegmentationProblem(
                ProblemKind.Storage,
                group.Last().Path,
                $"the picture '{group.Key}' is there already, as {group.First().Path}",
                "Keep one"))];
        if (doubled.Length > 0)
            throw new SegmentationProblemException(doubled);
        return pictures.Length > 0
            ? pictures
            : throw SegmentationProblem.Storage(folder, "there are no pictures", "Give the dataset's root");
    }

    /// <summary>What to say about pictures that are annotated and not there.</summary>
    public static SegmentationProblemException Lost(string folder, IReadOnlyList<string> names)
    {
        string more = names.Count > MostNamed ? $" and {names.Count - MostNamed:N0} more" : "";
        return SegmentationProblem.Storage(
            folder,
            $"{names.Count:N0} annotated pictures are missing: {string.Join(", ", names.Take(MostNamed))}{more}",
            "Complete the dataset, or look at a part of it with --limit");
    }
}
