using FrozenSeg.Pipeline.Families.Sam.Decoding;
using FrozenSeg.Pipeline.Families.Sam.Encoding;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Families.Sam.Prompts;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.Sam;

/// <summary>The decoder's four masks a prompt, gathered from its single-mask and its multimask answer.</summary>
internal static class MaskComparison
{
    private const int Masks = 4;

    /// <summary>Compares logits thinned by 4 and predicted IoU.</summary>
    public static List<GoldenCheck> AllFour(
        NpzFile golden,
        string logitsName,
        string iouName,
        SamModel model,
        ImageEmbedding image,
        SamPrompt[] prompts,
        double tolerance)
    {
        using MaskCandidates single = model.Decode(image, prompts, multimask: false, float.NegativeInfinity, default);
        using MaskCandidates multi = model.Decode(image, prompts, multimask: true, float.NegativeInfinity, default);
        using var logits = new TensorBuffer<float>(prompts.Length, Masks, model.MaskSize, model.MaskSize);
        var iou = new float[prompts.Length * Masks];
        for (int i = 0; i < iou.Length; i++)
        {
            (int prompt, int mask) = Math.DivRem(i, Masks);
            (MaskCandidates source, int entry) = mask == 0
                ? (single, prompt)
                : (multi, ((Masks - 1) * prompt) + mask - 1);
            source.Logits(entry).CopyTo(logits.View[prompt][mask].Span);
            iou[i] = source.Entries[entry].PredictedIoU;
        }

        return
        [
            Compare.Absolute(logitsName, Strided.Planes(logits.View, 4), golden[logitsName], tolerance),
            Compare.Absolute(iouName, iou, golden[iouName], tolerance),
        ];
    }
}
