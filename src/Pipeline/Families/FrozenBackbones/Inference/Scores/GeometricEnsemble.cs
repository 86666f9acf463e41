using System.Numerics.Tensors;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Scores;

/// <summary>
/// The class ensemble (paper Eq. 3): the decoder's and CLIP's class distributions, multiplied as powers whose exponents
/// depend on whether a class was seen in training. Worked out on logarithms, so that nothing vanishes.
/// </summary>
/// <param name="alpha">CLIP's exponent for seen classes.</param>
/// <param name="beta">CLIP's exponent for unseen classes.</param>
/// <param name="coatWeight">
/// How far CLIP may overrule the decoder's "no object" (COAT, the first part of OVRCOAT): that probability is
/// multiplied by 1 − w·p, p being the largest of CLIP's class probabilities, and the classes get what it loses; 0
/// leaves it alone.
/// </param>
internal sealed class GeometricEnsemble(double alpha, double beta, double coatWeight = 0)
{
    // Added to every probability before the logarithm, as the official code does.
    private const double Epsilon = 1e-8;

    /// <summary>Logarithms of the final class probabilities, Q×(C + 1), void last.</summary>
    /// <param name="decoder">The decoder's logits, Q×(C + 1).</param>
    /// <param name="clip">CLIP's logits, Q×(C + 1); its void is not used. A query with NaN there goes by the decoder
    /// alone.</param>
    /// <param name="seen">Whether each class was seen in training, C.</param>
    public float[] Combine(float[] decoder, float[] clip, bool[] seen)
    {
        int columns = seen.Length + 1;
        var combined = new float[decoder.Length];
        Parallel.For(0, decoder.Length / columns, query => Combine(
            decoder.AsSpan(query * columns, columns),
            clip.AsSpan(query * columns, columns),
            seen,
            combined.AsSpan(query * columns, columns)));
        return combined;
    }

    private void Combine(ReadOnlySpan<float> decoder, ReadOnlySpan<float> clip, bool[] seen, Span<float> combined)
    {
        int classes = seen.Length;
        double decoderTotal = LogSumExp(decoder[..classes]), clipTotal = LogSumExp(clip[..classes]);
        double voidShare = Math.Exp(decoder[classes] - LogSumExp(decoder));
        // Attention pooling over an empty mask is 0/0. Its power to 0 counts as 1 (frozenseg.md 6).
        bool hasClip = !double.IsNaN(clipTotal);
        if (hasClip)
            voidShare *= 1 - (coatWeight * Math.Exp(TensorPrimitives.Max(clip[..classes]) - clipTotal));

        var logarithms = new double[classes];
        double largest = double.NegativeInfinity, total = 0;
        for (int i = 0; i < classes; i++)
        {
            double weight = hasClip ? seen[i] ? alpha : beta : 0;
            logarithms[i] = (1 - weight) * (decoder[i] - decoderTotal);
            if (weight > 0)
                logarithms[i] += weight * (clip[i] - clipTotal);
            largest = Math.Max(largest, logarithms[i]);
        }

        for (int i = 0; i < classes; i++)
            total += logarithms[i] = Math.Exp(logarithms[i] - largest);
        for (int i = 0; i < classes; i++)
            combined[i] = (float)Math.Log((logarithms[i] / total * (1 - voidShare)) + Epsilon);
        combined[classes] = (float)Math.Log(voidShare + Epsilon);
    }

    private static double LogSumExp(ReadOnlySpan<float> logits)
    {
        double largest = double.NegativeInfinity, total = 0;
        foreach (float logit in logits)
            largest = Math.Max(largest, logit);
        foreach (float logit in logits)
            total += Math.Exp(logit - largest);
        return largest + Math.Log(total);
    }
}
