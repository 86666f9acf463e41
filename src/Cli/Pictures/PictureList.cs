using FrozenSeg.Cli.Arguments;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Shared.Problems;
using Microsoft.Extensions.FileSystemGlobbing;

namespace FrozenSeg.Cli.Pictures;

/// <summary>
/// The pictures that a command line names: files, folders, and patterns such as <c>photos/**/*.jpg</c>.
/// </summary>
/// <param name="Jobs">The pictures, each once, in the order they were named.</param>
/// <param name="IsSingle">Whether one file was named as itself: its results go where the command says, not into a
/// folder of its name.</param>
internal sealed record PictureList(IReadOnlyList<PictureJob> Jobs, bool IsSingle)
{
    private const char PatternMark = '*';

    // Whose folders tell x.png and X.PNG apart.
    private static readonly StringComparer Names =
        OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    /// <summary>Finds the pictures.</summary>
    /// <param name="named">What was named.</param>
    /// <param name="options">The options there are.</param>
    /// <exception cref="SegmentationProblemException">A folder or pattern holds no picture, or two would have one
    /// name.</exception>
    public static PictureList Find(IReadOnlyList<string> named, IReadOnlyCollection<string> options)
    {
        // To the parser a mistyped option is one more picture.
        SegmentationProblem[] mistyped =
        [
            .. named.Where(text => text.StartsWith('-') && !File.Exists(text)).Select(
                text => ParseProblems.MistypedOption(text, options, "See --help")),
        ];
        if (mistyped.Length > 0)
            throw new SegmentationProblemException(mistyped);
        if (named is [var single] && !Directory.Exists(single) && !IsPattern(single))
            return new PictureList([new PictureJob(single, Path.GetFileName(single))], IsSingle: true);
        PictureJob[] jobs = [.. named.SelectMany(Expand).DistinctBy(job => Path.GetFullPath(job.Path))];
        SegmentationProblem[] collisions =
        [
            .. jobs.GroupBy(job => job.Name, Names)
                .Where(group => group.Count() > 1)
                .Select(group => Problem(
                    group.Last().Path,
                    $"its results would replace those of {group.First().Path}",
                    "Name a folder above both, so that their paths tell them apart")),
        ];
        return collisions.Length == 0
            ? new PictureList(jobs, IsSingle: false)
            : throw new SegmentationProblemException(collisions);
    }

    // A file that exists is itself, whatever its name looks like.
    private static bool IsPattern(string text) => text.Contains(PatternMark) && !File.Exists(text);

    private static IEnumerable<PictureJob> Expand(string named)
    {
        if (Directory.Exists(named))
            return Within(named, "**/*", named);
        if (!IsPattern(named))
            return [new PictureJob(named, Path.GetFileName(named))];
        string plain = named.Replace('\\', '/');
        int cut = plain[..plain.IndexOf(PatternMark)].LastIndexOf('/');
        return Within(cut < 0 ? "." : cut == 0 ? "/" : plain[..cut], plain[(cut + 1)..], named);
    }

    private static IEnumerable<PictureJob> Within(string folder, string pattern, string named)
    {
        string[] found = Directory.Exists(folder)
            ? [.. new Matcher(StringComparison.Ordinal).AddInclude(pattern)
                .Execute(new MatchedFolder(FolderTree.At(folder), parent: null)).Files
                .Select(match => Path.GetFullPath(match.Path, Path.GetFullPath(folder)))
                .Where(PictureEndings.Has)
                .Order(StringComparer.Ordinal)]
            : [];
        return found.Length > 0
            ? found.Select(path => new PictureJob(path, Path.GetRelativePath(folder, path).Replace('\\', '/')))
            : throw Problem(
                named,
                "there are no pictures",
                $"Give files that end in {string.Join(", ", PictureEndings.All)}").ToException();
    }

    private static SegmentationProblem Problem(string where, string found, string remedy) =>
        new(where.Length > 0 ? where : "image", found, remedy);
}
