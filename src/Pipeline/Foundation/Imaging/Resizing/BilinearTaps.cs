namespace FrozenSeg.Pipeline.Foundation.Imaging.Resizing;

/// <summary>
/// PyTorch's bilinear interpolation along one axis: half-pixel centres, no antialias, edges clamped, float32
/// arithmetic. Output i is <c>(1 − Weight[i])·source[Lower[i]] + Weight[i]·source[Upper[i]]</c>.
/// </summary>
internal sealed class BilinearTaps
{
    /// <param name="inputSize">Source samples.</param>
    /// <param name="outputSize">Output samples.</param>
    public BilinearTaps(int inputSize, int outputSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outputSize);
        Lower = new int[outputSize];
        Upper = new int[outputSize];
        Weight = new float[outputSize];
        float scale = (float)inputSize / outputSize;
        for (int i = 0; i < outputSize; i++)
        {
            float source = MathF.Max(0, ((i + 0.5f) * scale) - 0.5f);
            int lower = Math.Min((int)source, inputSize - 1);
            Lower[i] = lower;
            Upper[i] = Math.Min(lower + 1, inputSize - 1);
            Weight[i] = source - lower;
        }
    }

    /// <summary>Number of output samples.</summary>
    public int Count => Lower.Length;

    /// <summary>The source sample at or before each output sample.</summary>
    public int[] Lower { get; }

    /// <summary>The source sample after it, clamped to the last.</summary>
    public int[] Upper { get; }

    /// <summary>Weight of <see cref="Upper"/>, 0..1.</summary>
    public float[] Weight { get; }
}
