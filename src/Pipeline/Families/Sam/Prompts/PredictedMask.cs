using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Families.Sam.Prompts;

/// <summary>A mask that answers a prompt.</summary>
/// <param name="Segmentation">The mask, at the size of the picture.</param>
/// <param name="PredictedIoU">The model's own estimate of its quality; may leave 0..1.</param>
/// <param name="Logits">The decoder's logits, <c>MaskSize</c>² row-major; a prompt for another round.</param>
internal sealed record PredictedMask(RunLengthEncoding Segmentation, float PredictedIoU, float[] Logits);
