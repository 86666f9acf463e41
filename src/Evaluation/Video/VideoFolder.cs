using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Formats.Labels;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Evaluation.Video;

/// <summary>
/// Finds the sequences of a video dataset: a folder of PNG frames is one sequence, a folder of such folders several,
/// and a DAVIS root is known by its <c>Annotations/480p</c> and <c>ImageSets/2017/val.txt</c>.
/// </summary>
internal static class VideoFolder
{
    /// <param name="truth">Annotations.</param>
    /// <param name="prediction">Predictions in folders of the same names.</param>
    /// <param name="rules">Which frames count.</param>
    /// <param name="only">Names of the sequences to read; null for all.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <exception cref="SegmentationProblemException">A folder is missing or holds no frames.</exception>
    public static IReadOnlyList<VideoSequence> Read(
        string truth, string prediction, VideoOptions rules, IReadOnlySet<string>? only, ProblemLog problems)
    {
        string davis = Path.Combine(truth, "Annotations", "480p");
        bool isDavis = Directory.Exists(davis);
        var sequences = new List<VideoSequence>();
        bool skipsEnds = rules.SkipEnds ?? (isDavis && !rules.MatchObjects);
        foreach ((string name, string folder) in Folders(isDavis ? davis : truth, isDavis ? Listed(truth) : null).Where(
            entry => only?.Contains(entry.Name) ?? true))
        {
            string predicted = Path.Combine(prediction, name);
            string[] frames = Frames(folder);
            string[] counted = skipsEnds ? frames[1..Math.Max(1, frames.Length - 1)] : frames;
            Check(predicted, frames, counted, problems);
            sequences.Add(new VideoSequence(
                name.Length == 0
                    ? Path.GetFileName(Path.GetFullPath(truth).TrimEnd(Path.DirectorySeparatorChar))
                    : name,
                [.. counted.Select(frame => new VideoFrame(
                    Path.GetFileNameWithoutExtension(frame), frame, Path.Combine(predicted, Path.GetFileName(frame))))],
                frames[0]));
        }

        return sequences;
    }

    private static string[]? Listed(string root)
    {
        string list = Path.Combine(root, "ImageSets", "2017", "val.txt");
        return File.Exists(list)
            ? [.. File.ReadAllLines(list).Select(line => line.Trim()).Where(line => line.Length > 0)]
            : null;
    }

    private static IEnumerable<(string Name, string Folder)> Folders(string root, string[]? listed)
    {
        if (!Directory.Exists(root))
            throw Missing(root, "there is no such folder");
        if (listed is not null)
            return listed.Select(name => (name, Path.Combine(root, name)));
        if (Frames(root).Length > 0)
            return [("", root)];
        (string, string)[] inside = [.. Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal)
            .Where(folder => Frames(folder).Length > 0).Select(folder => (Path.GetFileName(folder), folder))];
        return inside.Length > 0 ? inside : throw Missing(root, "there are no PNG frames in it");
    }

    private static string[] Frames(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*.png").Order(StringComparer.Ordinal)]
        : throw Missing(folder, "there is no such folder");

    private static void Check(string predicted, string[] frames, string[] counted, ProblemLog problems)
    {
        if (!Directory.Exists(predicted))
        {
            problems.Add(predicted, "the sequence has no predictions", "Predict every frame");
            return;
        }

        HashSet<string> known = [.. frames.Select(frame => Path.GetFileName(frame))];
        foreach (string extra in Directory.EnumerateFiles(
            predicted, "*.png").Where(file => !known.Contains(Path.GetFileName(file))).Order(StringComparer.Ordinal))
            problems.Add(extra, "the frame is not among the annotations", "Take it out");
        foreach (string frame in counted)
            CheckHeaders(frame, Path.Combine(predicted, Path.GetFileName(frame)), problems);
    }

    private static void CheckHeaders(string truth, string prediction, ProblemLog problems)
    {
        RasterFacts? annotated = LabelPictures.Facts(truth, problems), predicted = LabelPictures.Facts(
            prediction, problems);
        foreach ((RasterFacts? facts, string path) in ((RasterFacts?, string)[])[(annotated, truth), (
            predicted, prediction)])
        {
            if (facts is { IsSingleChannel: false })
                problems.Add(
                    path,
                    $"object ids are grey or have a palette, and this picture is {facts.Kind}",
                    "Save the ids as indices");
            facts?.RefuseProfile(path, problems);
        }

        if (annotated is not null
            && predicted is not null
            && (annotated.Width, annotated.Height) != (predicted.Width, predicted.Height))
        {
            problems.Add(
                prediction,
                $"it has {predicted.Width}×{predicted.Height} pixels, and {truth} {annotated.Width}×{annotated.Height}",
                "Predict at the size of the annotation");
        }
    }

    private static SegmentationProblemException Missing(string folder, string found) =>
        SegmentationProblem.Storage(folder, found, "Give a folder of PNG frames, of sequences, or a DAVIS root");
}
