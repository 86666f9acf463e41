using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Pipeline.Families.Fusion;

/// <summary>A segment on its way into the fused answer.</summary>
/// <param name="Category">Index in the vocabulary of the order.</param>
/// <param name="Mask">Its pixels.</param>
/// <param name="Score">0..1.</param>
/// <param name="Source">Who found it.</param>
/// <param name="SnappedIoU">How well it agreed with the SAM mask whose shape it took; null when it kept its own.</param>
internal sealed record FusionCandidate(
    int Category, RunLengthEncoding Mask, double Score, SegmentSource Source, double? SnappedIoU = null);
