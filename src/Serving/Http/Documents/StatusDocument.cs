using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.Progress;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Serving.Http.Documents;

/// <summary>A segmentation as callers see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Method">Its method.</param>
/// <param name="Created">When it was accepted.</param>
/// <param name="Ended">When it ended.</param>
/// <param name="Progress">Share done, 0..1.</param>
/// <param name="Stages">Its stages, in order.</param>
/// <param name="Segments">How many segments were found.</param>
/// <param name="Problems">Why it failed.</param>
/// <param name="Warnings">What the caller should know besides.</param>
/// <param name="Links">Addresses by name: <c>self</c>, and its files once they are there.</param>
internal sealed record StatusDocument(
    string Id,
    SegmentationState State,
    string Method,
    DateTimeOffset Created,
    DateTimeOffset? Ended,
    double Progress,
    IReadOnlyList<StageProgress> Stages,
    int? Segments,
    IReadOnlyList<ProblemItem> Problems,
    IReadOnlyList<string> Warnings,
    IReadOnlyDictionary<string, string> Links)
{
    /// <summary>Public name of the picture itself.</summary>
    public const string PictureName = "picture";

    /// <summary>Public name of the stream of progress.</summary>
    public const string EventsName = "events";

    /// <summary>The public names of the files, and what they are called in the store.</summary>
    public static IReadOnlyDictionary<string, string> FileNames { get; } = new Dictionary<string, string>
    {
        ["result"] = "result.json",
        ["overlay.png"] = ResultFiles.Names.Overlay!,
        ["panoptic.png"] = ResultFiles.Names.Panoptic!,
        ["panoptic.json"] = ResultFiles.Names.PanopticJson!,
        ["semantic.png"] = ResultFiles.Names.Semantic!,
    };

    /// <summary>The document of a status.</summary>
    public static StatusDocument From(SegmentationStatus status)
    {
        string self = $"/api/segmentations/{status.Id}";
        var links = new Dictionary<string, string> { ["self"] = self };
        foreach ((string name, string file) in FileNames)
        {
            if (status.Files.ContainsKey(file))
                links[name] = $"{self}/{name}";
        }

        if (status.Files.Count > 0)
            links[PictureName] = $"{self}/{PictureName}";

        return new StatusDocument(
            status.Id,
            status.State,
            status.Method,
            status.Created,
            status.Ended,
            Math.Round(status.Progress.Fraction, 4),
            status.Progress.Stages,
            status.Segments,
            [.. status.Problems.Select(ProblemItem.From)],
            status.Warnings,
            links);
    }
}
