using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Evaluation.Instances;

/// <summary>An annotated object or a detection, ready to be compared.</summary>
/// <param name="Mask">Its mask; null where only boxes are compared.</param>
/// <param name="Box">x, y, width, height, pixels; around the mask where masks are compared.</param>
/// <param name="PixelArea">Pixels of the mask, or area of the box.</param>
/// <param name="Area">The area that decides on its size class; annotations state it.</param>
/// <param name="Score">How sure a detection is; 0 for an annotation.</param>
/// <param name="IsCrowd">Whether it is a group nobody took apart.</param>
/// <param name="IsIgnored">Whether matching it counts for nothing.</param>
/// <param name="HasZeroId">
/// Whether an annotation has the id 0: pycocotools takes that for "no match", so the detection it is matched to counts
/// as a false one. The same figures need the same rule.
/// </param>
internal sealed record InstanceObject(
    RunLengthEncoding? Mask,
    BoxXywhDouble Box,
    double PixelArea,
    double Area,
    double Score,
    bool IsCrowd,
    bool IsIgnored,
    bool HasZeroId);
