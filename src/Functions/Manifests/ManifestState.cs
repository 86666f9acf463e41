using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Functions.Manifests;

/// <summary>Input of <see cref="SegmentManifest"/>: where it stands between two pages.</summary>
/// <param name="Id">Id of the manifest; its pictures have it with their line number.</param>
/// <param name="Manifest">The blob of JSON lines, one request a line.</param>
/// <param name="Plan">How it was cut into pages; null before.</param>
/// <param name="NextPage">The page to do next, from 0.</param>
/// <param name="Done">Pictures that have ended, failed ones included.</param>
/// <param name="Failed">Pictures that failed.</param>
internal sealed record ManifestState(
    string Id, BlobAddress Manifest, ManifestPlan? Plan = null, int NextPage = 0, int Done = 0, int Failed = 0)
{
    /// <summary>What stands for a method in the status of a manifest.</summary>
    public const string Method = "manifest";

    /// <summary>The blob in the container of uploads that started it; null when a message did.</summary>
    public string? Upload { get; init; }

    /// <summary>When the upload was taken; null when it was not one.</summary>
    public DateTimeOffset? Accepted { get; init; }

    /// <summary>The status of a manifest that has been accepted.</summary>
    public SegmentationStatus Queued(DateTimeOffset created) => new()
    {
        Id = Id,
        State = SegmentationState.Queued,
        Method = Method,
        RequestKey = $"{Manifest.Container}/{Manifest.Name}",
        Created = created,
    };
}
