using FrozenSeg.Pipeline.Families.Sam3.Networks;

namespace FrozenSeg.Pipeline.Families.Sam3;

/// <summary>Everything the interactive head says of B prompts.</summary>
/// <param name="PredictedIoU">B × 4.</param>
/// <param name="ObjectLogits">Whether each prompt shows an object, B.</param>
/// <param name="Masks">Mask logits, B × 4 × 4 G × 4 G.</param>
/// <param name="Tokens">The decoder's tokens, B × (6 + N) × d.</param>
internal sealed record InteractiveAnswer(float[] PredictedIoU, float[] ObjectLogits, float[] Masks, float[] Tokens)
{
    /// <summary>The logits of one mask.</summary>
    /// <param name="prompt">Which prompt.</param>
    /// <param name="mask">Which of its four masks.</param>
    /// <param name="area">Pixels of a mask.</param>
    public ReadOnlySpan<float> Mask(int prompt, int mask, int area) =>
        Masks.AsSpan(((prompt * InteractiveDecoder.MaskTokens) + mask) * area, area);
}
