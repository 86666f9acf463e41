using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Functions.Manifests;

/// <summary>Input of <see cref="SegmentManifest"/>: where it stands between two pages.</summary>
/// <param name="Id">Id of the manifest; its pictures have it with their line number.</param>
/// <param name="Manifest">The blob of JSON lines, one request a line.</param>
/// <param name="Plan">How it was cut into pages; null before.</param>
/// <param name="NextPage">The page to do next, from 0.</param>
/// <param name="Done">Pictures that have ended, failed ones included.</param>
/// <param name="Failed">Pictures that failed.</param>
public sealed record ManifestState(string Id, BlobAddress Manifest, ManifestPlan? Plan = null, int NextPage = 0, int Done = 0, int Failed = 0);
