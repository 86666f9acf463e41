using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Lanes;

namespace FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Crf;

/// <summary>
/// The fully connected CRF of Krähenbühl and Koltun 2011 over one picture: Potts model, a smoothness and an appearance
/// kernel, mean-field inference with permutohedral filtering. The lattices are built once and serve any number of
/// inferences, from any thread.
/// </summary>
internal sealed class DenseCrf
{
    // What padding channels start from: e to this power is 0.
    private const float NoChance = -1e30f;

    private readonly DenseCrfOptions _options;
    private readonly ThreadRanges _ranges;
    private readonly PermutohedralLattice _smoothness;
    private readonly PermutohedralLattice _appearance;
    private readonly int _pixels;

    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="colours">uint8, H×W×3, in any channel order.</param>
    /// <param name="options">Constants; the defaults are CaR's.</param>
    /// <exception cref="ArgumentException">The colours do not fill the picture.</exception>
    public DenseCrf(int width, int height, ReadOnlySpan<byte> colours, DenseCrfOptions? options = null)
    {
        _pixels = checked(width * height);
        if (_pixels == 0 || colours.Length != 3 * _pixels)
            throw new ArgumentException($"{colours.Length} bytes do not fill {height}×{width}×3.", nameof(colours));
        _options = options ?? new DenseCrfOptions();
        _ranges = new ThreadRanges(_options.Threads);
        _smoothness = PermutohedralLattice.Build(DenseCrfFeatures.Positions(width, height, _options), 2, _ranges);
        _appearance = PermutohedralLattice.Build(
            DenseCrfFeatures.PositionsAndColours(width, height, colours, _options), 5, _ranges);
    }

    /// <summary>Marginal probabilities of labels that compete for every pixel.</summary>
    /// <param name="unary">float32, labels×H×W: −ln of each label's probability; need not be normalised.</param>
    /// <param name="labels">At least 1.</param>
    /// <param name="cancellation">Stops between iterations.</param>
    /// <returns>float32, labels×H×W, 0..1, summing to 1 at each pixel.</returns>
    /// <exception cref="ArgumentException">The potentials do not fill labels×H×W.</exception>
    public float[] Infer(ReadOnlySpan<float> unary, int labels, CancellationToken cancellation = default)
    {
        ThrowIfNotPlanes(unary, labels);
        return labels <= Lane4.Width
            ? Infer<Lane4>(unary, labels, cancellation)
            : Infer<Lane8>(unary, labels, cancellation);
    }

    /// <summary>
    /// Marginal probabilities of foreground for many two-label problems over the same picture, each on its own. One
    /// filter channel a problem is enough: the background is what is left.
    /// </summary>
    /// <param name="logits">float32, problems×H×W: ln of foreground over background probability.</param>
    /// <param name="problems">At least 1.</param>
    /// <param name="cancellation">Stops between iterations.</param>
    /// <returns>float32, problems×H×W, 0..1.</returns>
    /// <exception cref="ArgumentException">The logits do not fill problems×H×W.</exception>
    public float[] InferForeground(ReadOnlySpan<float> logits, int problems, CancellationToken cancellation = default)
    {
        ThrowIfNotPlanes(logits, problems);
        return problems <= Lane4.Width
            ? InferForeground<Lane4>(logits, problems, cancellation)
            : InferForeground<Lane8>(logits, problems, cancellation);
    }

    private float[] Infer<TLane>(ReadOnlySpan<float> unary, int labels, CancellationToken cancellation)
        where TLane : struct, ILane<TLane>
    {
        float[] logits = PixelPlanes.Interleave(unary, labels, TLane.Width, scale: -1, padding: NoChance);
        var beliefs = (float[])logits.Clone();
        Normalise();
        Iterate<TLane>(logits, beliefs, 1, Normalise, cancellation);
        return PixelPlanes.Separate(beliefs, labels, _pixels, TLane.Width);

        void Normalise() => _ranges.For(_pixels, (from, to) => Softmax<TLane>(beliefs, _pixels, from, to));
    }

    // With two labels Q₀ = 1 − Q₁, so the difference of the messages is 2K'Q₁ − K'1 and the softmax a sigmoid.
    private float[] InferForeground<TLane>(ReadOnlySpan<float> logits, int problems, CancellationToken cancellation)
        where TLane : struct, ILane<TLane>
    {
        float[] odds = PixelPlanes.Interleave(logits, problems, TLane.Width, scale: 1, padding: 0);
        var beliefs = (float[])odds.Clone();
        Normalise();
        SubtractWholeMessage<TLane>(odds);
        Iterate<TLane>(odds, beliefs, 2, Normalise, cancellation);
        return PixelPlanes.Separate(beliefs, problems, _pixels, TLane.Width);

        void Normalise() => _ranges.For(beliefs.Length / TLane.Width, (from, to) => Sigmoid<TLane>(beliefs, from, to));
    }

    // One lane of channels after the other: its vertices stay in the cache, where those of all channels would not.
    private void Iterate<TLane>(
        float[] logits, float[] beliefs, float gain, Action normalise, CancellationToken cancellation)
        where TLane : struct, ILane<TLane>
    {
        float[] smoothed = _smoothness.NewVertices<TLane>(), matched = _appearance.NewVertices<TLane>();
        for (int iteration = 0; iteration < _options.Iterations; iteration++)
        {
            for (int first = 0; first < beliefs.Length; first += _pixels * TLane.Width)
            {
                cancellation.ThrowIfCancellationRequested();
                Filter<TLane>(logits.AsMemory(first), beliefs.AsMemory(first), smoothed, matched, gain);
            }

            normalise();
        }
    }

    // beliefs = logits + gain · Σ weight · K'Q, for one lane of channels.
    private void Filter<TLane>(
        ReadOnlyMemory<float> logits, Memory<float> beliefs, float[] smoothed, float[] matched, float gain)
        where TLane : struct, ILane<TLane>
    {
        float smoothnessGain = gain * _options.SmoothnessWeight * _smoothness.SliceScale;
        float appearanceGain = gain * _options.AppearanceWeight * _appearance.SliceScale;
        _smoothness.SplatAndBlur<TLane>(beliefs, smoothed);
        _appearance.SplatAndBlur<TLane>(beliefs, matched);
        _ranges.For(_pixels, (from, to) =>
        {
            ref float own = ref MemoryMarshal.GetReference(logits.Span);
            ref float target = ref MemoryMarshal.GetReference(beliefs.Span);
            ref float smooth = ref MemoryMarshal.GetArrayDataReference(smoothed);
            ref float match = ref MemoryMarshal.GetArrayDataReference(matched);
            for (int pixel = from; pixel < to; pixel++)
            {
                nuint place = (nuint)pixel * (nuint)TLane.Width;
                TLane.Load(ref own, place)
                    .AddScaled(_smoothness.Slice<TLane>(ref smooth, pixel), smoothnessGain)
                    .AddScaled(_appearance.Slice<TLane>(ref match, pixel), appearanceGain)
                    .Store(ref target, place);
            }
        });
    }

    private static void Softmax<TLane>(float[] beliefs, int pixels, int from, int to)
        where TLane : struct, ILane<TLane>
    {
        ref float start = ref MemoryMarshal.GetArrayDataReference(beliefs);
        nuint end = (nuint)beliefs.Length, step = (nuint)pixels * (nuint)TLane.Width;
        for (int pixel = from; pixel < to; pixel++)
        {
            nuint first = (nuint)pixel * (nuint)TLane.Width;
            TLane most = TLane.Load(ref start, first);
            for (nuint place = first + step; place < end; place += step)
                most = most.Max(TLane.Load(ref start, place));
            var largest = TLane.Fill(most.Largest());
            TLane sum = default;
            for (nuint place = first; place < end; place += step)
            {
                TLane power = Exponential.Of(TLane.Load(ref start, place) - largest);
                power.Store(ref start, place);
                sum += power;
            }

            var scale = TLane.Fill(1 / sum.Sum());
            for (nuint place = first; place < end; place += step)
                (TLane.Load(ref start, place) * scale).Store(ref start, place);
        }
    }

    private static void Sigmoid<TLane>(float[] values, int from, int to)
        where TLane : struct, ILane<TLane>
    {
        ref float start = ref MemoryMarshal.GetArrayDataReference(values);
        nuint width = (nuint)TLane.Width;
        for (nuint place = (nuint)from * width; place < (nuint)to * width; place += width)
            Exponential.Sigmoid(TLane.Load(ref start, place)).Store(ref start, place);
    }

    private void SubtractWholeMessage<TLane>(float[] odds)
        where TLane : struct, ILane<TLane>
    {
        int channels = _pixels * TLane.Width;
        float[] message = new float[channels], whole = new float[channels];
        Array.Fill(whole, 1);
        Filter<TLane>(message, whole, _smoothness.NewVertices<TLane>(), _appearance.NewVertices<TLane>(), 1);
        for (int first = 0; first < odds.Length; first += channels)
        {
            Span<float> lane = odds.AsSpan(first, channels);
            TensorPrimitives.Subtract(lane, whole, lane);
        }
    }

    private void ThrowIfNotPlanes(ReadOnlySpan<float> planes, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (planes.Length != (long)count * _pixels)
            throw new ArgumentException(
                $"{planes.Length} values do not fill {count} planes of {_pixels} pixels.", nameof(planes));
    }
}
