using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Functions.Manifests;

/// <summary>One line of a manifest.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Image">What it calls its picture.</param>
/// <param name="Job">What is to be done; null when the line is wrong.</param>
/// <param name="Problems">What is wrong with it.</param>
internal sealed record ManifestLine(
    int Number, string Image, SegmentationJob? Job, IReadOnlyList<SegmentationProblem> Problems);
