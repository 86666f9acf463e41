using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Pixels;
using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Scores;

/// <summary>
/// Semantic scores of pixels, <c>sum_q p(class | q) · mask_q</c>: a product of small matrices, eight pixels by two
/// registers of classes at a time, so that every operand of the inner loop stays in the first cache or in a register.
/// </summary>
internal sealed unsafe class ClassScores : IDisposable
{
    private const int Pixels = 8, Lanes = QueryPlanes.Lanes;

    // Bounds cost as much as two pixels of a block.
    private const int FewClasses = 128;

    // Panels of one or two registers of classes, each Q×panel.
    private readonly TensorBuffer<float> _panels;
    private readonly int _queries;
    private readonly bool _areWeightsPositive;

    /// <param name="weights">Q×C: how much each query or mask speaks for each class.</param>
    /// <param name="classes">C.</param>
    public ClassScores(ReadOnlySpan<float> weights, int classes)
    {
        Classes = classes;
        Stride = (classes + Lanes - 1) / Lanes * Lanes;
        _queries = weights.Length / classes;
        _areWeightsPositive = weights.Length == 0 || TensorPrimitives.Min(weights) >= 0;
        _panels = new TensorBuffer<float>(Stride, _queries);
        for (int first = 0; first < Stride; first += PanelWidth(first))
        {
            int width = PanelWidth(first);
            Span<float> panel = _panels.Span[(first * _queries)..];
            for (int query = 0; query < _queries; query++)
                for (int i = 0; i < width && first + i < classes; i++)
                    panel[(query * width) + i] = weights[(query * classes) + first + i];
        }
    }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>Scores from a pixel to the next: the classes rounded up to whole registers; padding scores 0.</summary>
    public int Stride { get; }

    /// <summary>Scores of a block of pixels.</summary>
    /// <param name="probabilities">count×<paramref name="stride"/>: masks of each pixel.</param>
    /// <param name="stride">Floats from a pixel to the next.</param>
    /// <param name="count">Number of pixels.</param>
    /// <param name="scores">count×<see cref="Stride"/>.</param>
    public void Compute(float* probabilities, int stride, int count, float* scores)
    {
        for (int first = 0; first < Stride; first += PanelWidth(first))
            Compute(probabilities, stride, count, first, scores);
    }

    /// <summary>
    /// As <see cref="Compute(float*, int, int, float*)"/>, but classes that win no pixel of the block may get −∞: of a
    /// large vocabulary most can be told by bounds for the whole block.
    /// </summary>
    /// <inheritdoc cref="Compute(float*, int, int, float*)"/>
    public void ComputeContenders(float* probabilities, int stride, int count, float* scores)
    {
        if (!_areWeightsPositive || Stride <= FewClasses)
        {
            Compute(probabilities, stride, count, scores);
            return;
        }

        float* low = stackalloc float[_queries], high = stackalloc float[_queries],
            most = stackalloc float[Stride / Lanes];
        ClassBounds.OfMasks(probabilities, stride, _queries, count, low, high);
        float floor = 0;
        for (int first = 0; first < Stride; first += PanelWidth(first))
        {
            (float least, most[first / Lanes]) = ClassBounds.OfScores(
                low, high, Panel(first), _queries, PanelWidth(first));
            floor = MathF.Max(floor, least);
        }

        for (int first = 0; first < Stride; first += PanelWidth(first))
        {
            if (most[first / Lanes] >= floor)
                Compute(probabilities, stride, count, first, scores);
            else
                GiveUp(count, first, scores);
        }
    }

    private void Compute(float* probabilities, int stride, int count, int first, float* scores)
    {
        float* panel = Panel(first);
        int pixel = 0;
        for (; pixel <= count - Pixels; pixel += Pixels)
        {
            float* masks = probabilities + ((long)pixel * stride), target = scores + ((long)pixel * Stride) + first;
            if (PanelWidth(first) == 2 * Lanes)
                EightByTwo(masks, stride, panel, _queries, target, Stride);
            else
                EightByOne(masks, stride, panel, _queries, target, Stride);
        }

        for (; pixel < count; pixel++)
            One(
                probabilities + ((long)pixel * stride),
                panel,
                PanelWidth(first),
                scores + ((long)pixel * Stride) + first);
    }

    private void GiveUp(int count, int first, float* scores)
    {
        for (int pixel = 0; pixel < count; pixel++)
            new Span<float>(scores + ((long)pixel * Stride) + first, PanelWidth(first)).Fill(float.NegativeInfinity);
    }

    private float* Panel(int first) => (float*)_panels.Address + ((long)first * _queries);

    /// <inheritdoc/>
    public void Dispose() => _panels.Dispose();

    private int PanelWidth(int first) => Stride - first >= 2 * Lanes ? 2 * Lanes : Lanes;

    private void One(float* masks, float* panel, int width, float* target)
    {
        for (int lane = 0; lane < width; lane += Lanes)
        {
            Vector512<float> sum = Vector512<float>.Zero;
            for (int query = 0; query < _queries; query++)
                sum = Vector512.FusedMultiplyAdd(
                    Vector512.Create(masks[query]), Vector512.Load(panel + (query * width) + lane), sum);
            sum.Store(target + lane);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightByTwo(float* masks, int stride, float* panel, int queries, float* target, int targetStride)
    {
        Vector512<float> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default,
        d0 = default, d1 = default;
        Vector512<float> e0 = default, e1 = default, f0 = default, f1 = default, g0 = default, g1 = default,
        h0 = default, h1 = default;
        float* far = masks + (4L * stride);
        for (int query = 0; query < queries; query++, panel += 2 * Lanes)
        {
            Vector512<float> w0 = Vector512.Load(panel), w1 = Vector512.Load(panel + Lanes);
            Vector512<float> m = Vector512.Create(masks[query]);
            a0 = Vector512.FusedMultiplyAdd(m, w0, a0);
            a1 = Vector512.FusedMultiplyAdd(m, w1, a1);
            m = Vector512.Create(masks[stride + query]);
            b0 = Vector512.FusedMultiplyAdd(m, w0, b0);
            b1 = Vector512.FusedMultiplyAdd(m, w1, b1);
            m = Vector512.Create(masks[(2 * stride) + query]);
            c0 = Vector512.FusedMultiplyAdd(m, w0, c0);
            c1 = Vector512.FusedMultiplyAdd(m, w1, c1);
            m = Vector512.Create(masks[(3 * stride) + query]);
            d0 = Vector512.FusedMultiplyAdd(m, w0, d0);
            d1 = Vector512.FusedMultiplyAdd(m, w1, d1);
            m = Vector512.Create(far[query]);
            e0 = Vector512.FusedMultiplyAdd(m, w0, e0);
            e1 = Vector512.FusedMultiplyAdd(m, w1, e1);
            m = Vector512.Create(far[stride + query]);
            f0 = Vector512.FusedMultiplyAdd(m, w0, f0);
            f1 = Vector512.FusedMultiplyAdd(m, w1, f1);
            m = Vector512.Create(far[(2 * stride) + query]);
            g0 = Vector512.FusedMultiplyAdd(m, w0, g0);
            g1 = Vector512.FusedMultiplyAdd(m, w1, g1);
            m = Vector512.Create(far[(3 * stride) + query]);
            h0 = Vector512.FusedMultiplyAdd(m, w0, h0);
            h1 = Vector512.FusedMultiplyAdd(m, w1, h1);
        }

        Store(target, a0, a1);
        Store(target += targetStride, b0, b1);
        Store(target += targetStride, c0, c1);
        Store(target += targetStride, d0, d1);
        Store(target += targetStride, e0, e1);
        Store(target += targetStride, f0, f1);
        Store(target += targetStride, g0, g1);
        Store(target + targetStride, h0, h1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightByOne(float* masks, int stride, float* panel, int queries, float* target, int targetStride)
    {
        Vector512<float> a = default, b = default, c = default, d = default, e = default, f = default, g = default,
        h = default;
        float* far = masks + (4L * stride);
        for (int query = 0; query < queries; query++, panel += Lanes)
        {
            Vector512<float> w = Vector512.Load(panel);
            a = Vector512.FusedMultiplyAdd(Vector512.Create(masks[query]), w, a);
            b = Vector512.FusedMultiplyAdd(Vector512.Create(masks[stride + query]), w, b);
            c = Vector512.FusedMultiplyAdd(Vector512.Create(masks[(2 * stride) + query]), w, c);
            d = Vector512.FusedMultiplyAdd(Vector512.Create(masks[(3 * stride) + query]), w, d);
            e = Vector512.FusedMultiplyAdd(Vector512.Create(far[query]), w, e);
            f = Vector512.FusedMultiplyAdd(Vector512.Create(far[stride + query]), w, f);
            g = Vector512.FusedMultiplyAdd(Vector512.Create(far[(2 * stride) + query]), w, g);
            h = Vector512.FusedMultiplyAdd(Vector512.Create(far[(3 * stride) + query]), w, h);
        }

        a.Store(target);
        b.Store(target += targetStride);
        c.Store(target += targetStride);
        d.Store(target += targetStride);
        e.Store(target += targetStride);
        f.Store(target += targetStride);
        g.Store(target += targetStride);
        h.Store(target + targetStride);
    }

    private static void Store(float* target, Vector512<float> first, Vector512<float> second)
    {
        first.Store(target);
        second.Store(target + Lanes);
    }
}
