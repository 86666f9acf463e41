using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Families.Sam.Automask;

/// <summary>A class-agnostic mask found without a prompt, with the scores it was kept for.</summary>
/// <param name="Segmentation">The mask, at the size of the picture.</param>
/// <param name="Box">
/// Its box, inclusive pixel indices; as COCO's <c>bbox</c> its width is one less than the number of columns.
/// </param>
/// <param name="PredictedIoU">The model's own estimate of the mask's quality; may leave 0..1.</param>
/// <param name="StabilityScore">IoU between the masks at two thresholds, 0..1.</param>
/// <param name="Point">The point that led to it, pixels of the picture.</param>
/// <param name="Crop">The crop it was found in.</param>
internal sealed record MaskProposal(
    RunLengthEncoding Segmentation,
    BoxXyxy Box,
    float PredictedIoU,
    float StabilityScore,
    (double X, double Y) Point,
    CropBox Crop)
{
    /// <summary>
    /// The decoder's logits, untouched by the clearing of small regions; null unless
    /// <see cref="AutomaticMaskOptions.KeepsLogits"/>.
    /// </summary>
    public ProposalLogits? Logits { get; init; }
}
