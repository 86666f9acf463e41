using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Functions.Manifests;

/// <summary>How a manifest was cut.</summary>
/// <param name="Lines">Lines that hold something.</param>
/// <param name="Pages">Pages, each an artefact.</param>
/// <param name="Problems">Why it cannot be done at all.</param>
internal sealed record ManifestPlan(int Lines, int Pages, IReadOnlyList<SegmentationProblem> Problems);
