namespace FrozenSeg.Pipeline.Families.Sam.Prompts;

/// <summary>A mask that is wanted.</summary>
/// <param name="Prompt">Which prompt, of those decoded together.</param>
/// <param name="Mask">Which of the decoder's four masks.</param>
/// <param name="PredictedIoU">What the decoder thinks of it.</param>
internal readonly record struct MaskChoice(int Prompt, int Mask, float PredictedIoU);
