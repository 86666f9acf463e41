namespace FrozenSeg.Pipeline.Foundation.Imaging.Resizing;

/// <summary>
/// Which source samples make up each output sample along one axis, in Pillow's fixed point: weights are computed in
/// double, normalised to sum 1 and rounded to 22 fractional bits.
/// </summary>
internal sealed class ResampleTaps
{
    /// <summary>Fractional bits of a weight.</summary>
    public const int Precision = 22;

    private readonly int[] _starts;
    private readonly int[] _lengths;
    private readonly int[] _weights;
    private readonly int _stride;

    public ResampleTaps(int inputSize, int outputSize, ResampleFilter filter)
        : this(inputSize, outputSize, filter, 0, outputSize)
    {
    }

    /// <summary>The taps of the output samples [<paramref name="first"/>, first + count) alone.</summary>
    public ResampleTaps(int inputSize, int outputSize, ResampleFilter filter, int first, int count)
    {
        double scale = (double)inputSize / outputSize;
        double filterScale = Math.Max(scale, 1);
        double support = filterScale * Radius(filter);
        _stride = ((int)Math.Ceiling(support) * 2) + 1;
        _starts = new int[count];
        _lengths = new int[count];
        _weights = new int[count * _stride];

        var weights = new double[_stride];
        for (int i = 0; i < count; i++)
        {
            double centre = (first + i + 0.5) * scale;
            int start = Math.Max(0, (int)(centre - support + 0.5));
            int length = Math.Min(inputSize, (int)(centre + support + 0.5)) - start;
            double sum = 0;
            for (int k = 0; k < length; k++)
                sum += weights[k] = Kernel(filter, (start + k - centre + 0.5) / filterScale);
            for (int k = 0; k < length; k++)
                _weights[(i * _stride) + k] = ToFixedPoint(sum == 0 ? weights[k] : weights[k] / sum);
            _starts[i] = start;
            _lengths[i] = length;
        }
    }

    /// <summary>Number of output samples.</summary>
    public int Count => _starts.Length;

    /// <summary>First source sample of output <paramref name="i"/>.</summary>
    public int Start(int i) => _starts[i];

    /// <summary>Weights of the source samples from <see cref="Start"/> on.</summary>
    public ReadOnlySpan<int> Weights(int i) => _weights.AsSpan(i * _stride, _lengths[i]);

    private static double Radius(ResampleFilter filter) => filter is ResampleFilter.Bilinear ? 1 : 2;

    private static double Kernel(ResampleFilter filter, double x)
    {
        x = Math.Abs(x);
        if (filter is ResampleFilter.Bilinear)
            return x < 1 ? 1 - x : 0;
        const double A = -0.5;
        return x switch
        {
            < 1 => ((((A + 2) * x) - (A + 3)) * x * x) + 1,
            < 2 => (((((x - 5) * x) + 8) * x) - 4) * A,
            _ => 0,
        };
    }

    private static int ToFixedPoint(double weight) =>
        (int)((weight * (1 << Precision)) + (weight < 0 ? -0.5 : 0.5));
}
