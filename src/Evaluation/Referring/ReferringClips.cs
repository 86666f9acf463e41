using System.Globalization;
using System.Text.Json;
using FrozenSeg.Pipeline.Families.ClipAsRnn.Video;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Evaluation.Referring;

/// <summary>
/// Reads videos: a folder of frames, or the layout of Ref-DAVIS and Ref-YouTube-VOS, <c>JPEGImages/VIDEO/*.jpg</c> (or
/// <c>JPEGImages/480p/VIDEO</c>, <c>valid/JPEGImages/VIDEO</c>) beside <c>meta_expressions.json</c> (or below
/// <c>meta_expressions/</c>).
/// </summary>
internal static class ReferringClips
{
    // 255 is void to those who measure.
    private const int MostObjects = 254;
    private const string MetaName = "meta_expressions.json";

    private static readonly string[][] FrameFolders = [["JPEGImages", "480p"], ["JPEGImages"], ["valid", "JPEGImages"]];

    private static readonly string[] FrameExtensions = [".jpg", ".jpeg", ".png", ".webp"];

    /// <summary>The frames of one video, with the expressions that were given.</summary>
    /// <param name="folder">Holds the frames.</param>
    /// <param name="expressions">One an object.</param>
    /// <exception cref="SegmentationProblemException">There are no frames, no expressions, or too many.</exception>
    public static VideoClip Read(string folder, IReadOnlyList<string> expressions)
    {
        if (expressions.Count is 0 or > MostObjects)
        {
            throw SegmentationProblem.InvalidRequest(
                "expression",
                $"there are {expressions.Count} expressions; an indexed PNG holds 1 to {MostObjects} objects",
                "Give at least one, and split long lists");
        }

        return new VideoClip(
            "", Frames(folder), [.. expressions.Select((text, i) => new VideoExpression(i + 1, text))]);
    }

    /// <summary>Whether a folder has the layout of a dataset.</summary>
    public static bool IsDataset(string folder) => MetaFile(folder) is not null;

    /// <summary>Every video of a dataset, each expression with the number of its object.</summary>
    /// <exception cref="SegmentationProblemException">The expressions cannot be read, or a video has no
    /// frames.</exception>
    public static IReadOnlyList<VideoClip> ReadDataset(string folder)
    {
        string meta = MetaFile(folder) ?? throw SegmentationProblem.InvalidRequest(
            folder, $"there is no {MetaName}", "Give the root of the dataset");
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(meta));
            return [.. document.RootElement.GetProperty("videos").EnumerateObject().SelectMany(
                video => Clips(folder, video))];
        }
        catch (Exception failure) when (
            failure is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw SegmentationProblem.InvalidRequest(
                meta, $"it is not a valid list of expressions ({failure.Message})", "Give the file as published");
        }
    }

    // Expressions of one object are different people's words for it, so each is a result of its own, as published.
    private static IEnumerable<VideoClip> Clips(string folder, JsonProperty video)
    {
        string name = Plain(video.Name);
        string frames = FrameFolders.Select(parts => Path.Combine([folder, .. parts, name]))
            .FirstOrDefault(Directory.Exists)
            ?? throw SegmentationProblem.InvalidRequest(
                folder, $"there are no frames of '{name}' below JPEGImages", "Check the dataset");
        IReadOnlyList<string> paths = Frames(frames);
        foreach (JsonProperty expression in video.Value.GetProperty("expressions").EnumerateObject())
        {
            int id = expression.Value.TryGetProperty("obj_id", out JsonElement number)
                ? int.Parse(number.ToString(), CultureInfo.InvariantCulture)
                : 1;
            string text = expression.Value.GetProperty("exp").GetString()!;
            yield return new VideoClip(
                Path.Combine(name, Plain(expression.Name)),
                paths,
                [new VideoExpression(Math.Clamp(id, 1, MostObjects), text)]);
        }
    }

    private static string[] Frames(string folder)
    {
        if (!Directory.Exists(folder))
            throw SegmentationProblem.InvalidRequest(
                folder, "there is no such folder", "Give a folder with the frames of a video");
        string[] frames =
        [
            .. Directory.EnumerateFiles(folder)
                .Where(path => FrameExtensions.Contains(Path.GetExtension(path).ToLowerInvariant()))
                .Order(StringComparer.Ordinal),
        ];
        return frames.Length > 0 ? frames : throw SegmentationProblem.InvalidRequest(
            folder, "it holds no pictures", "Give a folder with the frames of a video");
    }

    private static string? MetaFile(string folder) => new[]
    {
        "",
        "meta_expressions",
        Path.Combine("meta_expressions", "valid"),
        Path.Combine("meta_expressions", "test"),
    }
        .Select(part => Path.Combine(folder, part, MetaName)).FirstOrDefault(File.Exists);

    // Names come from a file and become folders.
    private static string Plain(string name) =>
        name.Length > 0 && name == Path.GetFileName(name) && name is not ("." or "..")
            ? name
            : throw SegmentationProblem.InvalidRequest(
                MetaName, $"'{name}' is not usable as a folder's name", "Use plain names");
}
