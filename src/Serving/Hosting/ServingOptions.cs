using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving;

/// <summary>How the HTTP service works in an application. Read once, when the application maps it.</summary>
public sealed class ServingOptions
{
    /// <summary>
    /// Folder for requests and results; one service uses it at a time. Default: <c>frozenseg</c>, below the current
    /// folder.
    /// </summary>
    public string Folder { get; set; } = "frozenseg";

    /// <summary>Keys that callers must send. Default: none; then only this machine's own names are answered.</summary>
    public IList<string> Keys { get; } = [];

    /// <summary>How long results are kept; null keeps them for ever. Default: 7 days.</summary>
    public TimeSpan? KeepFor { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Most segmentations that have not ended. Default: 10,000.</summary>
    public int MaxQueued { get; set; } = 10_000;

    /// <summary>Networks, device, and what a picture may cost.</summary>
    public SegmenterOptions Segmenter { get; set; } = new();

    /// <summary>Everything that makes these options unusable.</summary>
    public IEnumerable<SegmentationProblem> Problems()
    {
        if (string.IsNullOrWhiteSpace(Folder))
            yield return Problem(nameof(Folder), "it is empty", "Name a folder");
        if (Keys.Any(string.IsNullOrWhiteSpace))
            yield return Problem(nameof(Keys), "one is empty", "Give keys that are hard to guess");
        if (KeepFor < TimeSpan.Zero)
            yield return Problem(nameof(KeepFor), $"{KeepFor} is negative", "Use a longer time, or null");
        if (MaxQueued < 1)
            yield return Problem(nameof(MaxQueued), $"{MaxQueued} is not a number of segmentations", "Use 1 or more");
        if (Segmenter is null)
        {
            yield return Problem(nameof(Segmenter), "it is missing", "Leave it at its default");
            yield break;
        }

        foreach (SegmentationProblem problem in Segmenter.Problems())
            yield return problem;
    }

    private static SegmentationProblem Problem(string option, string found, string remedy) =>
        new($"{nameof(ServingOptions)}.{option}", found, remedy);
}
