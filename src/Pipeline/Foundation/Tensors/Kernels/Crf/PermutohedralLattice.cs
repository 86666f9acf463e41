using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Lanes;

namespace FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Crf;

/// <summary>
/// Gaussian filtering of values at points of a d-dimensional feature space (Adams, Baek and Davis 2010): values are
/// splatted onto the vertices of the simplex around each point, blurred along the d+1 axes of the lattice and read
/// back. The kernel is exp(−½|fᵢ − fⱼ|²), approximately, normalised so that K′ = n·k·n with n = 1/√(k·1).
/// Immutable once built; safe for many callers.
/// </summary>
internal sealed class PermutohedralLattice
{
    private const float SmallestNorm = 1e-20f;

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
    /// <param name="features">float32, d × N, in standard deviations.</param>
    /// <param name="dimensions">d, 1..7.</param>
    /// <param name="ranges">Threads to build and filter with.</param>
    /// <exception cref="ArgumentException">The features are spread so widely that vertices cannot be
    /// numbered.</exception>
    public static PermutohedralLattice Build(float[] features, int dimensions, ThreadRanges ranges)
    {
        LatticeVertices vertices = LatticeVertices.Around(new LatticeSimplices(features, dimensions), ranges);
        var lattice = new PermutohedralLattice(vertices, dimensions + 1, ranges);
        lattice.Normalise();
        return lattice;
    }

    /// <summary>Room for one lane of values at every vertex.</summary>
    public float[] NewVertices<TLane>()
        where TLane : struct, ILane<TLane> => new float[checked(VertexCount * TLane.Width)];

    /// <summary>
    /// Splats and blurs; the caller reads back with <see cref="Slice"/> and <see cref="SliceScale"/>.
    /// </summary>
    /// <typeparam name="TLane">Register to work with.</typeparam>
    /// <param name="values">float32, N × the lane's width.</param>
    /// <param name="vertices">Receives float32, <see cref="VertexCount"/> × the lane's width.</param>
    public void SplatAndBlur<TLane>(ReadOnlyMemory<float> values, float[] vertices)
        where TLane : struct, ILane<TLane>
    {
        _ranges.For(VertexCount, (from, to) => Splat<TLane>(values.Span, vertices, from, to));
        foreach (LatticeChains axis in _axes)
            _ranges.Each(axis.PieceCount, piece => axis.Blur<TLane>(vertices, piece));
    }

    /// <summary>Reads the sum of a point's corners from blurred vertices; not scaled yet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Slice<TLane>(ref float vertices, int point)
        where TLane : struct, ILane<TLane>
    {
        TLane sum = default;
        int entry = point * Corners;
        for (int corner = 0; corner < Corners; corner++, entry++)
            sum = sum.AddScaled(TLane.Load(ref vertices, (nuint)VertexOf[entry] * (nuint)TLane.Width), Weights[entry]);
        return sum;
    }

    // Each vertex gathers from its points, which needs no locks and adds in the same order however many threads there
    // are.
    private void Splat<TLane>(ReadOnlySpan<float> values, float[] vertices, int from, int to)
        where TLane : struct, ILane<TLane>
    {
        ref float source = ref MemoryMarshal.GetReference(values);
        ref float target = ref MemoryMarshal.GetArrayDataReference(vertices);
        // Checked indices cost a quarter more.
        ref int sender = ref MemoryMarshal.GetArrayDataReference(_senders);
        ref float sent = ref MemoryMarshal.GetArrayDataReference(_sent);
        int[] receives = _receives;
        nuint entry = (nuint)receives[from];
        for (int vertex = from; vertex < to; vertex++)
        {
            TLane sum = default;
            for (nuint end = (nuint)receives[vertex + 1]; entry < end; entry++)
            {
                nuint place = (nuint)Unsafe.Add(ref sender, entry) * (nuint)TLane.Width;
                sum = sum.AddScaled(TLane.Load(ref source, place), Unsafe.Add(ref sent, entry));
            }

            sum.Store(ref target, (nuint)vertex * (nuint)TLane.Width);
        }
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
        int points = VertexOf.Length / Corners;
        var ones = new float[points * Lane4.Width];
        Array.Fill(ones, 1);
        float[] blurred = NewVertices<Lane4>();
        SplatAndBlur<Lane4>(ones, blurred);
        var norms = new float[points];
        _ranges.For(points, (from, to) =>
        {
            ref float vertices = ref MemoryMarshal.GetArrayDataReference(blurred);
            for (int point = from; point < to; point++)
            {
                float sum = Slice<Lane4>(ref vertices, point).Largest() * SliceScale;
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
