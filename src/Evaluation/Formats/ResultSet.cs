using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Evaluation.Formats;

/// <summary>
/// What was found in one picture or in many: a <c>result.json</c>, whatever it is called, or a folder with such
/// documents anywhere below it.
/// </summary>
internal static class ResultSet
{
    // Enough to see how a document begins.
    private const int Head = 64;

    /// <summary>Whether a path leads to results.</summary>
    public static bool IsAt(string path) =>
        Directory.Exists(path)
            ? FolderTree.FilesBelow(path, ResultWriter.ResultName).Any()
            : Path.GetFileName(path) == ResultWriter.ResultName || BeginsAsResult(path);

    /// <summary>Every document below a path, in the order of the paths.</summary>
    /// <exception cref="SegmentationProblemException">There is none.</exception>
    public static IReadOnlyList<ResultFile> Find(string path)
    {
        ResultFile[] files = Directory.Exists(path)
            ? [.. FolderTree.FilesBelow(path, ResultWriter.ResultName).Order(
                StringComparer.Ordinal).Select(file => new ResultFile(file))]
            : File.Exists(path) ? [new ResultFile(path)] : [];
        return files.Length > 0 ? files : throw SegmentationProblem.Storage(
            path, "there is no result.json", "Give a result.json, or a folder with results");
    }

    /// <summary>The documents by the name of their picture without folder and ending.</summary>
    /// <param name="path">A document or a folder.</param>
    /// <param name="problems">Takes unreadable documents, and pictures that have more than one.</param>
    /// <param name="withMasks">Whether the segments keep their masks, which are most of a document.</param>
    internal static IReadOnlyDictionary<string, (ResultFile File, SegmentationResult Result)> Read(
        string path, ProblemLog problems, bool withMasks = true)
    {
        var results = new Dictionary<string, (ResultFile, SegmentationResult)>();
        foreach (ResultFile file in Find(path))
        {
            try
            {
                SegmentationResult result = withMasks ? file.Load() : WithoutMasks(file.Load());
                string name = PictureNames.Of(result.Image.Name);
                if (!results.TryAdd(name, (file, result)))
                    problems.Add(file.Path, Collision(result, results[name]), "Keep one");
            }
            catch (SegmentationProblemException failure)
            {
                problems.Add(failure);
            }
        }

        return results;
    }

    // automask and predict write where they are told to. A result begins with its version; no dataset's form does.
    private static bool BeginsAsResult(string path)
    {
        if (!File.Exists(path))
            return false;
        using StreamReader reader = new(path);
        var head = new char[Head];
        int length = reader.ReadBlock(head);
        return string.Concat(head.Take(length).Where(letter => !char.IsWhiteSpace(letter)))
            .StartsWith("{\"version\":", StringComparison.Ordinal);
    }

    private static string Collision(SegmentationResult result, (ResultFile File, SegmentationResult Result) known) =>
        result.Image.Name == known.Result.Image.Name
            ? $"the picture '{result.Image.Name}' has a result already, in {known.File.Path}"
            : $"to a dataset '{result.Image.Name}' is the same picture as '{known.Result.Image.Name}' of "
                + $"{known.File.Path}";

    private static SegmentationResult WithoutMasks(SegmentationResult result) => result with
    {
        Segments = [.. result.Segments.Select(segment => segment with { Segmentation = NoMask })],
        Trace = null,
        Timings = [],
        Warnings = [],
    };

    private static MaskRle NoMask { get; } = new([0, 0], "");
}
