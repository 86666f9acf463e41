using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Crf;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn.Refinement;

/// <summary>
/// CaR's last step: soft mask proposals become crisp masks that follow the picture's edges, by a dense CRF (car.md 8).
/// Built once a picture; safe for many callers.
/// </summary>
internal sealed class ProposalRefinement
{
    // −ln of a probability below this is not taken.
    private const float SmallestProbability = 1e-5f;

    private readonly DenseCrf _crf;
    private readonly int _height;
    private readonly int _width;

    /// <param name="image">The picture the proposals are of.</param>
    /// <param name="options">Constants; the defaults are the released ones.</param>
    public ProposalRefinement(PixelImage image, DenseCrfOptions? options = null)
    {
        (_height, _width) = (image.Height, image.Width);
        _crf = new DenseCrf(_width, _height, CrfColours.Of(image), options);
    }

    /// <summary>Lets the proposals compete with each other and with the background.</summary>
    /// <param name="proposals">float32, count×H×W, 0..1.</param>
    /// <param name="count">At least 1.</param>
    /// <param name="backgroundFactor">Exponent of the background's score; above 1 gives less background. Default:
    /// 1.</param>
    /// <param name="cancellation">Stops between iterations.</param>
    /// <returns>For each pixel 0 for background, else the number of a proposal from 1 on; of equals the
    /// first.</returns>
    public LabelMap Compete(
        ReadOnlySpan<float> proposals, int count, float backgroundFactor = 1, CancellationToken cancellation = default)
    {
        float[] unary = Unary(WithBackground(proposals, count, backgroundFactor));
        return ArgMax(_crf.Infer(unary, count + 1, cancellation), count + 1);
    }

    /// <summary>Lets the proposals compete with each other alone: every pixel belongs to one of them.</summary>
    /// <inheritdoc cref="Compete"/>
    /// <returns>For each pixel the number of a proposal from 1 on; of equals the first.</returns>
    public LabelMap CompeteWithoutBackground(
        ReadOnlySpan<float> proposals, int count, CancellationToken cancellation = default)
    {
        LabelMap labels = ArgMax(_crf.Infer(Unary(proposals.ToArray()), count, cancellation), count);
        foreach (ref int label in labels.Labels)
            label++;
        return labels;
    }

    /// <summary>Sets each proposal against background alone; masks may overlap.</summary>
    /// <inheritdoc cref="Compete"/>
    /// <returns>One mask a proposal.</returns>
    public BinaryMask[] Separate(
        ReadOnlySpan<float> proposals, int count, float backgroundFactor = 1, CancellationToken cancellation = default)
    {
        float[] logits = ForegroundLogits(proposals, backgroundFactor);
        float[] foreground = _crf.InferForeground(logits, count, cancellation);
        int area = _height * _width;
        return
        [
            .. Enumerable.Range(0, count).Select(i => new BinaryMask(
                _height, _width, Array.ConvertAll(
                    foreground[(i * area)..((i + 1) * area)], belief => belief > 0.5f ? (byte)1 : (byte)0))),
        ];
    }

    /// <summary>Puts the background's score (1 − max yᵢ)^factor before the proposals.</summary>
    internal static float[] WithBackground(ReadOnlySpan<float> proposals, int count, float backgroundFactor)
    {
        int area = proposals.Length / count;
        var scores = new float[area + proposals.Length];
        for (int pixel = 0; pixel < area; pixel++)
        {
            float most = proposals[pixel];
            for (int at = pixel + area; at < proposals.Length; at += area)
                most = MathF.Max(most, proposals[at]);
            scores[pixel] = MathF.Pow(1 - most, backgroundFactor);
        }

        proposals.CopyTo(scores.AsSpan(area));
        return scores;
    }

    /// <summary>U = −ln p, with p kept in 1e-5..1.</summary>
    internal static float[] Unary(float[] probabilities) => Array.ConvertAll(probabilities, Energy);

    private static float[] ForegroundLogits(ReadOnlySpan<float> proposals, float backgroundFactor)
    {
        var logits = new float[proposals.Length];
        for (int i = 0; i < logits.Length; i++)
            logits[i] = Energy(MathF.Pow(1 - proposals[i], backgroundFactor)) - Energy(proposals[i]);
        return logits;
    }

    private static float Energy(float probability) => -MathF.Log(Math.Clamp(probability, SmallestProbability, 1));

    private LabelMap ArgMax(float[] beliefs, int labels)
    {
        var map = new LabelMap(_height, _width);
        int area = _height * _width;
        for (int pixel = 0; pixel < area; pixel++)
        {
            int best = 0;
            for (int label = 1; label < labels; label++)
                best = beliefs[(label * area) + pixel] > beliefs[(best * area) + pixel] ? label : best;
            map.Labels[pixel] = best;
        }

        return map;
    }
}
