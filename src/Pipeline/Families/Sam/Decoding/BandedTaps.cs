using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;

namespace FrozenSeg.Pipeline.Families.Sam.Decoding;

/// <summary>
/// SAM's two resizes of a mask along one axis — to the encoder's frame, cropped to the picture, then to the picture's
/// size — folded into one. Two neighbours of the frame come from at most three low-resolution samples.
/// </summary>
internal sealed class BandedTaps
{
    /// <summary>Samples an output is made of.</summary>
    public const int Width = 3;

    private readonly float[] _weights;

    /// <param name="maskSize">Low-resolution samples.</param>
    /// <param name="frameSize">Samples of the encoder's frame.</param>
    /// <param name="contentSize">How many of those the picture fills.</param>
    /// <param name="outputSize">Samples of the picture.</param>
    public BandedTaps(int maskSize, int frameSize, int contentSize, int outputSize)
    {
        var toFrame = new BilinearTaps(maskSize, frameSize);
        var toPicture = new BilinearTaps(contentSize, outputSize);
        Starts = new int[outputSize];
        _weights = new float[outputSize * Width];
        for (int i = 0; i < outputSize; i++)
        {
            int start = Math.Min(toFrame.Lower[toPicture.Lower[i]], Math.Max(0, maskSize - Width));
            Starts[i] = start;
            float weight = toPicture.Weight[i];
            Span<float> weights = _weights.AsSpan(i * Width, Width);
            Accumulate(weights, start, toFrame, toPicture.Lower[i], 1 - weight);
            Accumulate(weights, start, toFrame, toPicture.Upper[i], weight);
        }
    }

    /// <summary>Number of outputs.</summary>
    public int Count => Starts.Length;

    /// <summary>First low-resolution sample of each output.</summary>
    public int[] Starts { get; }

    /// <summary>Weights of output <paramref name="i"/>, <see cref="Width"/> of them.</summary>
    public ReadOnlySpan<float> Weights(int i) => _weights.AsSpan(i * Width, Width);

    private static void Accumulate(Span<float> weights, int start, BilinearTaps taps, int frameIndex, float share)
    {
        float weight = taps.Weight[frameIndex];
        weights[taps.Lower[frameIndex] - start] += share * (1 - weight);
        if (taps.Upper[frameIndex] != taps.Lower[frameIndex])
            weights[taps.Upper[frameIndex] - start] += share * weight;
        else
            weights[taps.Lower[frameIndex] - start] += share * weight;
    }
}
