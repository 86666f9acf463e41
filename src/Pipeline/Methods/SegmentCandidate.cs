using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Pipeline.Methods;

/// <summary>A segment on its way into an answer where each pixel belongs to one.</summary>
/// <param name="Category">Index in the vocabulary of the order.</param>
/// <param name="Mask">Its pixels.</param>
/// <param name="Score">0..1.</param>
/// <param name="Source">Who found it.</param>
/// <param name="SnappedIoU">How well it agreed with the SAM mask whose shape it took; null when it kept its
/// own.</param>
internal sealed record SegmentCandidate(
    int Category, RunLengthEncoding Mask, double Score, SegmentSource Source, double? SnappedIoU = null)
{
    /// <summary>What SAM 3 says of it; null when another network found it.</summary>
    public ConceptScores? Concept { get; init; }
}
