using FrozenSeg.Pipeline.Families.ClipAsRnn.Video;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Evaluation.Referring;

/// <summary>
/// Ref-DAVIS as it is measured: several people described every object, each in an expression of its own. The
/// descriptions of one person are one way to ask for all objects of a video, and a result of their own (after
/// ReferFormer's scripts).
/// </summary>
internal static class ReferringVideos
{
    /// <summary>
    /// The videos once for each person, with all of their objects; clips are called <c>anno_0/VIDEO</c> and so on.
    /// </summary>
    /// <param name="root">The dataset.</param>
    /// <param name="limit">Most videos; null for all.</param>
    /// <exception cref="SegmentationProblemException">Objects of a video have different numbers of
    /// expressions.</exception>
    public static IReadOnlyList<IReadOnlyList<VideoClip>> Read(string root, int? limit)
    {
        IGrouping<string, VideoClip>[] videos = [.. ReferringClips.ReadDataset(root)
            .GroupBy(clip => Path.GetDirectoryName(clip.Name)!)
                .OrderBy(video => video.Key, StringComparer.Ordinal)
                .Take(limit ?? int.MaxValue)];
        if (videos.Length == 0)
            throw Problem(root, "there are no videos");
        SegmentationProblem[] uneven =
            [.. videos.Where(video => Objects(video).DistinctBy(list => list.Count()).Count() > 1)
                .Select(video => Problem(
                    $"{root}, video {video.Key}", "its objects have different numbers of expressions").Problems[0])];
        if (uneven.Length > 0)
            throw new SegmentationProblemException(uneven);
        int people = videos.Max(video => Objects(video).First().Count());
        return [.. Enumerable.Range(0, people).Select(person => (IReadOnlyList<VideoClip>)[.. videos.Where(
            video => Objects(video).First().Count() > person).Select(
                video => new VideoClip(
                    Path.Combine($"anno_{person}", video.Key),
                    video.First().Frames,
                    [.. Objects(video).Select(list => list.ElementAt(person))]))])];
    }

    private static IEnumerable<IGrouping<int, VideoExpression>> Objects(IEnumerable<VideoClip> video) =>
        video.SelectMany(clip => clip.Expressions).GroupBy(expression => expression.Id).OrderBy(group => group.Key);

    private static SegmentationProblemException Problem(string where, string found) =>
        SegmentationProblem.InvalidRequest(where, found, "Give the expressions as published");
}
