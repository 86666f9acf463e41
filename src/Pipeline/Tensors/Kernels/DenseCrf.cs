using System.Runtime.InteropServices;

namespace FrozenSeg.Pipeline.Tensors.Kernels;

/// <summary>
/// The fully connected CRF of Krähenbühl and Koltun 2011 over one picture: Potts model, a smoothness and an appearance
/// kernel, mean-field inference with permutohedral filtering. The lattices are built once and serve any number of
/// inferences, from any thread.
/// </summary>
public sealed class DenseCrf
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
        _appearance = PermutohedralLattice.Build(DenseCrfFeatures.PositionsAndColours(width, height, colours, _options), 5, _ranges);
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
        int stride = PixelPlanes.Stride(labels, TLane.Width);
        float[] logits = PixelPlanes.Interleave(unary, labels, stride, scale: -1, padding: NoChance);
        var beliefs = (float[])logits.Clone();
        _ranges.For(_pixels, (from, to) => Softmax<TLane>(beliefs, stride, from, to));
        Iterate<TLane>(beliefs, stride, Update, cancellation);
        return PixelPlanes.Separate(beliefs, labels, stride);

        void Update(float[] smoothed, float[] matched) => _ranges.For(_pixels, (from, to) =>
        {
            Receive<TLane>(logits, beliefs, smoothed, matched, stride, 1, from, to);
            Softmax<TLane>(beliefs, stride, from, to);
        });
    }

    // With two labels Q₀ = 1 − Q₁, so the difference of the messages is 2K'Q₁ − K'1 and the softmax a sigmoid.
    private float[] InferForeground<TLane>(ReadOnlySpan<float> logits, int problems, CancellationToken cancellation)
        where TLane : struct, ILane<TLane>
    {
        int stride = PixelPlanes.Stride(problems, TLane.Width);
        float[] odds = PixelPlanes.Interleave(logits, problems, stride, scale: 1, padding: 0);
        var beliefs = (float[])odds.Clone();
        _ranges.For(_pixels, (from, to) => Sigmoid<TLane>(beliefs, stride, from, to));
        SubtractWholeMessage(odds, stride);
        Iterate<TLane>(beliefs, stride, Update, cancellation);
        return PixelPlanes.Separate(beliefs, problems, stride);

        void Update(float[] smoothed, float[] matched) => _ranges.For(_pixels, (from, to) =>
        {
            Receive<TLane>(odds, beliefs, smoothed, matched, stride, 2, from, to);
            Sigmoid<TLane>(beliefs, stride, from, to);
        });
    }

    private void Iterate<TLane>(float[] beliefs, int stride, Action<float[], float[]> update, CancellationToken cancellation)
        where TLane : struct, ILane<TLane>
    {
        var smoothed = new float[checked(_smoothness.VertexCount * stride)];
        var matched = new float[checked(_appearance.VertexCount * stride)];
        for (int iteration = 0; iteration < _options.Iterations; iteration++)
        {
            cancellation.ThrowIfCancellationRequested();
            _smoothness.SplatAndBlur<TLane>(beliefs, smoothed, stride);
            _appearance.SplatAndBlur<TLane>(beliefs, matched, stride);
            update(smoothed, matched);
        }
    }

    // beliefs = logits + gain · Σ weight · K'Q
    private void Receive<TLane>(
        float[] logits, float[] beliefs, float[] smoothed, float[] matched, int stride, float gain, int from, int to)
        where TLane : struct, ILane<TLane>
    {
        float smoothnessGain = gain * _options.SmoothnessWeight * _smoothness.SliceScale;
        float appearanceGain = gain * _options.AppearanceWeight * _appearance.SliceScale;
        ref float own = ref MemoryMarshal.GetArrayDataReference(logits);
        ref float target = ref MemoryMarshal.GetArrayDataReference(beliefs);
        ref float smooth = ref MemoryMarshal.GetArrayDataReference(smoothed);
        ref float match = ref MemoryMarshal.GetArrayDataReference(matched);
        for (int pixel = from; pixel < to; pixel++)
        {
            for (int block = 0; block < stride; block += TLane.Width)
            {
                nuint place = (nuint)(((long)pixel * stride) + block);
                TLane.Load(ref own, place)
                    .AddScaled(_smoothness.Slice<TLane>(ref smooth, stride, block, pixel), smoothnessGain)
                    .AddScaled(_appearance.Slice<TLane>(ref match, stride, block, pixel), appearanceGain)
                    .Store(ref target, place);
            }
        }
    }

    private static void Softmax<TLane>(float[] rows, int stride, int from, int to)
        where TLane : struct, ILane<TLane>
    {
        for (int pixel = from; pixel < to; pixel++)
        {
            ref float row = ref rows[(long)pixel * stride];
            TLane most = TLane.Load(ref row, 0);
            for (int block = TLane.Width; block < stride; block += TLane.Width)
                most = most.Max(TLane.Load(ref row, (nuint)block));
            var largest = TLane.Fill(most.Largest());
            TLane sum = default;
            for (int block = 0; block < stride; block += TLane.Width)
            {
                TLane power = (TLane.Load(ref row, (nuint)block) - largest).Exp();
                power.Store(ref row, (nuint)block);
                sum += power;
            }

            var scale = TLane.Fill(1 / sum.Sum());
            for (int block = 0; block < stride; block += TLane.Width)
                (TLane.Load(ref row, (nuint)block) * scale).Store(ref row, (nuint)block);
        }
    }

    private static void Sigmoid<TLane>(float[] values, int stride, int from, int to)
        where TLane : struct, ILane<TLane>
    {
        ref float start = ref MemoryMarshal.GetArrayDataReference(values);
        var one = TLane.Fill(1);
        nuint end = (nuint)((long)to * stride);
        for (nuint place = (nuint)((long)from * stride); place < end; place += (nuint)TLane.Width)
            (one / (one + (default(TLane) - TLane.Load(ref start, place)).Exp())).Store(ref start, place);
    }

    private void SubtractWholeMessage(float[] odds, int stride)
    {
        var whole = new float[_pixels * Lane4.Width];
        Array.Fill(whole, 1);
        var smoothed = new float[_smoothness.VertexCount * Lane4.Width];
        var matched = new float[_appearance.VertexCount * Lane4.Width];
        _smoothness.SplatAndBlur<Lane4>(whole, smoothed, Lane4.Width);
        _appearance.SplatAndBlur<Lane4>(whole, matched, Lane4.Width);
        var nothing = new float[whole.Length];
        _ranges.For(_pixels, (from, to) =>
        {
            Receive<Lane4>(nothing, whole, smoothed, matched, Lane4.Width, 1, from, to);
            for (int pixel = from; pixel < to; pixel++)
            {
                float message = whole[pixel * Lane4.Width];
                foreach (ref float value in odds.AsSpan(pixel * stride, stride))
                    value -= message;
            }
        });
    }

    private void ThrowIfNotPlanes(ReadOnlySpan<float> planes, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (planes.Length != (long)count * _pixels)
            throw new ArgumentException($"{planes.Length} values do not fill {count} planes of {_pixels} pixels.", nameof(planes));
    }
}
