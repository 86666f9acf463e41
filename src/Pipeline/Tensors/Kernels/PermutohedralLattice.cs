using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FrozenSeg.Pipeline.Tensors.Kernels;

/// <summary>
/// Gaussian filtering of values at points of a d-dimensional feature space (Adams, Baek and Davis 2010): values are
/// splatted onto the vertices of the simplex around each point, blurred along the d+1 axes of the lattice and read back.
/// The kernel is exp(−½|fᵢ − fⱼ|²), approximately, normalised so that K′ = n·k·n with n = 1/√(k·1).
/// Immutable once built; safe for many callers.
/// </summary>
internal sealed class PermutohedralLattice
{
    private const float SmallestNorm = 1e-20f;
    private const int SendersAhead = 12, PointsAhead = 3;

    private readonly ThreadRanges _ranges;
    private readonly LatticeChains[] _axes;
    // Vertex v receives entries _receives[v]..[v+1]: from which point, with which weight.
    private readonly int[] _receives;
    private readonly int[] _senders;
    private readonly float[] _sent;

    private PermutohedralLattice(LatticeVertices vertices, int corners, ThreadRanges ranges)
    {
        _ranges = ranges;
        Corners = corners;
        VertexOf = vertices.OfPoint;
        Weights = vertices.Weights;
        _axes = vertices.Chains(ranges);
        _receives = new int[vertices.Count + 1];
        _senders = new int[VertexOf.Length];
        _sent = new float[VertexOf.Length];
        ListSenders();
    }

    /// <summary>Vertices of a simplex: d + 1.</summary>
    public int Corners { get; }

    /// <summary>Number of lattice vertices that touch a point.</summary>
    public int VertexCount => _receives.Length - 1;

    /// <summary>For each corner of each point, its vertex: N × (d+1).</summary>
    public int[] VertexOf { get; }

    /// <summary>For each corner of each point, its share of the point, normalisation included: N × (d+1).</summary>
    public float[] Weights { get; }

    /// <summary>What reading back is multiplied by: 1 / (1 + 2⁻ᵈ).</summary>
    public float SliceScale => 1 / (1 + MathF.Pow(2, 1 - Corners));

    /// <summary>Builds the lattice of <paramref name="features"/>.</summary>
    /// <param name="features">float32, N × d, row-major, in standard deviations.</param>
    /// <param name="dimensions">d, 1..7.</param>
    /// <param name="ranges">Threads to build and filter with.</param>
    /// <exception cref="ArgumentException">The features are spread so widely that vertices cannot be numbered.</exception>
    public static PermutohedralLattice Build(float[] features, int dimensions, ThreadRanges ranges)
    {
        LatticeVertices vertices = LatticeVertices.Around(new LatticeSimplices(features, dimensions), ranges);
        var lattice = new PermutohedralLattice(vertices, dimensions + 1, ranges);
        lattice.Normalise();
        return lattice;
    }

    /// <summary>Splats and blurs; the caller reads back with <see cref="VertexOf"/>, <see cref="Weights"/> and <see cref="SliceScale"/>.</summary>
    /// <typeparam name="TLane">Register to work with.</typeparam>
    /// <param name="values">float32, N × stride.</param>
    /// <param name="vertices">Receives float32, <see cref="VertexCount"/> × stride.</param>
    /// <param name="stride">Values of a point, a multiple of the lane's width.</param>
    public void SplatAndBlur<TLane>(float[] values, float[] vertices, int stride)
        where TLane : struct, ILane<TLane>
    {
        _ranges.For(VertexCount, (from, to) => Splat<TLane>(values, vertices, stride, from, to));
        foreach (LatticeChains axis in _axes)
            _ranges.Each(axis.PieceCount, piece => axis.Blur<TLane>(vertices, stride, piece));
    }

    // Each vertex gathers from its points, which needs no locks and adds in the same order however many threads there are.
    private void Splat<TLane>(float[] values, float[] vertices, int stride, int from, int to)
        where TLane : struct, ILane<TLane>
    {
        ref float source = ref MemoryMarshal.GetArrayDataReference(values);
        ref float target = ref MemoryMarshal.GetArrayDataReference(vertices);
        bool isAsking = CacheLines.IsWorthwhile(stride);
        for (int vertex = from; vertex < to; vertex++)
        {
            int first = _receives[vertex], end = _receives[vertex + 1];
            for (int block = 0; block < stride; block += TLane.Width)
            {
                TLane sum = default;
                for (int entry = first; entry < end; entry++)
                {
                    if (isAsking && block == 0 && entry + SendersAhead < _senders.Length)
                        CacheLines.Request(ref source, (nint)_senders[entry + SendersAhead] * stride, stride);
                    sum = sum.AddScaled(TLane.Load(ref source, (nuint)(((long)_senders[entry] * stride) + block)), _sent[entry]);
                }

                sum.Store(ref target, (nuint)(((long)vertex * stride) + block));
            }
        }
    }

    /// <summary>Reads the sum of a point's corners from blurred vertices; not scaled yet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Slice<TLane>(ref float vertices, int stride, int block, int point)
        where TLane : struct, ILane<TLane>
    {
        TLane sum = default;
        int entry = point * Corners;
        if (block == 0 && CacheLines.IsWorthwhile(stride))
            RequestCorners(ref vertices, stride, entry + (PointsAhead * Corners));
        for (int corner = 0; corner < Corners; corner++, entry++)
            sum = sum.AddScaled(TLane.Load(ref vertices, (nuint)(((long)VertexOf[entry] * stride) + block)), Weights[entry]);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RequestCorners(ref float vertices, int stride, int entry)
    {
        if (entry + Corners > VertexOf.Length)
            return;
        for (int corner = 0; corner < Corners; corner++)
            CacheLines.Request(ref vertices, (nint)VertexOf[entry + corner] * stride, stride);
    }

    private void ListSenders()
    {
        foreach (int vertex in VertexOf)
            _receives[vertex + 1]++;
        for (int vertex = 0; vertex < VertexCount; vertex++)
            _receives[vertex + 1] += _receives[vertex];
        int[] next = _receives[..^1];
        for (int entry = 0, point = 0; point < VertexOf.Length / Corners; point++)
        {
            for (int corner = 0; corner < Corners; corner++, entry++)
            {
                int place = next[VertexOf[entry]]++;
                _senders[place] = point;
                _sent[place] = Weights[entry];
            }
        }
    }

    // Folds n into the weights of both directions: K' = n·k·n.
    private void Normalise()
    {
        int points = VertexOf.Length / Corners, stride = Lane4.Width;
        var ones = new float[points * stride];
        Array.Fill(ones, 1);
        var blurred = new float[VertexCount * stride];
        SplatAndBlur<Lane4>(ones, blurred, stride);
        var norms = new float[points];
        _ranges.For(points, (from, to) =>
        {
            ref float vertices = ref MemoryMarshal.GetArrayDataReference(blurred);
            for (int point = from; point < to; point++)
            {
                float sum = Slice<Lane4>(ref vertices, stride, 0, point).Largest() * SliceScale;
                norms[point] = 1 / MathF.Sqrt(sum + SmallestNorm);
                for (int entry = point * Corners; entry < (point + 1) * Corners; entry++)
                    Weights[entry] *= norms[point];
            }
        });
        _ranges.For(_senders.Length, (from, to) =>
        {
            for (int entry = from; entry < to; entry++)
                _sent[entry] *= norms[_senders[entry]];
        });
    }
}
