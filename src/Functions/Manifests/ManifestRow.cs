using FrozenSeg.Serving.Workflow.Documents;

namespace FrozenSeg.Functions.Manifests;

/// <summary>How one line of a manifest ended: a row of <c>manifest.jsonl</c>.</summary>
/// <param name="Line">Number of the line, from 1.</param>
/// <param name="Image">What it calls its picture.</param>
/// <param name="Id">Id of its segmentation; null when it never became one.</param>
/// <param name="State">How it ended.</param>
/// <param name="Segments">How many segments were found.</param>
/// <param name="Problems">Why it failed.</param>
internal sealed record ManifestRow(
    int Line, string Image, string? Id, SegmentationState State, int? Segments, IReadOnlyList<string> Problems);
