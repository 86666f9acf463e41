using FrozenSeg.Pipeline.Families.Sam.Prompts;
using FrozenSeg.Pipeline.Families.Sam3.Networks;

namespace FrozenSeg.Pipeline.Families.Sam3;

/// <summary>
/// Which masks answer a prompt (sam3.md 5): the three for an ambiguous one; else the first, if it hardly changes around
/// its border, or the best of the three.
/// </summary>
internal static class InteractiveChoice
{
    // SAM 2's dynamic multimask: stability is the overlap of the masks at ±0.05.
    private const float StabilityOffset = 0.05f, LeastStability = 0.98f;

    /// <param name="answer">What the head says.</param>
    /// <param name="multimask">Three masks a prompt, or one.</param>
    /// <param name="iouThreshold">Masks whose predicted IoU is not above it are left out.</param>
    /// <param name="area">Pixels of a mask.</param>
    public static List<MaskChoice> Of(InteractiveAnswer answer, bool multimask, float iouThreshold, int area)
    {
        var choices = new List<MaskChoice>();
        for (int prompt = 0; prompt < answer.ObjectLogits.Length; prompt++)
        {
            ReadOnlySpan<float> predicted = answer.PredictedIoU.AsSpan(
                prompt * InteractiveDecoder.MaskTokens, InteractiveDecoder.MaskTokens);
            int only = multimask ? 0 : Single(predicted, answer.Mask(prompt, 0, area));
            (int first, int last) = multimask ? (1, InteractiveDecoder.MaskTokens - 1) : (only, only);
            for (int mask = first; mask <= last; mask++)
            {
                if (predicted[mask] > iouThreshold)
                    choices.Add(new MaskChoice(prompt, mask, predicted[mask]));
            }
        }

        return choices;
    }

    /// <summary>Overlap of a mask's extents at both sides of 0, 0..1; 1 for a mask without any.</summary>
    public static float Stability(ReadOnlySpan<float> logits)
    {
        int inner = 0, outer = 0;
        foreach (float logit in logits)
        {
            inner += logit > StabilityOffset ? 1 : 0;
            outer += logit > -StabilityOffset ? 1 : 0;
        }

        return outer == 0 ? 1 : (float)inner / outer;
    }

    private static int Single(ReadOnlySpan<float> predicted, ReadOnlySpan<float> logits)
    {
        if (Stability(logits) >= LeastStability)
            return 0;
        int best = 1;
        for (int mask = 2; mask < predicted.Length; mask++)
            best = predicted[mask] > predicted[best] ? mask : best;
        return best;
    }
}
