using System.Runtime.InteropServices;

namespace FrozenSeg.Pipeline.Tensors.Kernels;

/// <summary>
/// The vertices of a lattice strung along one axis. The blur v + ½(v₋ + v₊) walks each chain once, in place; a vertex
/// without neighbours keeps its value and is in no chain.
/// </summary>
internal sealed class LatticeChains
{
    // Vertices in order; the last of a chain is complemented.
    private readonly int[] _vertices;
    private readonly int[] _pieces;

    private LatticeChains(int[] vertices, int[] pieces)
    {
        _vertices = vertices;
        _pieces = pieces;
    }

    /// <summary>Number of pieces that may be blurred at the same time.</summary>
    public int PieceCount => _pieces.Length - 1;

    /// <summary>Strings chains together.</summary>
    /// <param name="next">For each vertex, the one that follows along the axis, or −1.</param>
    /// <param name="ranges">Into how many pieces to cut.</param>
    public static LatticeChains From(int[] next, ThreadRanges ranges)
    {
        var followed = new bool[next.Length];
        int linked = 0;
        foreach (int vertex in next)
        {
            if (vertex < 0)
                continue;
            followed[vertex] = true;
            linked++;
        }

        int starts = 0;
        for (int vertex = 0; vertex < next.Length; vertex++)
            starts += !followed[vertex] && next[vertex] >= 0 ? 1 : 0;
        int[] chained = String(next, followed, linked + starts);
        return new LatticeChains(chained, Cut(chained, ranges));
    }

    /// <summary>Blurs one piece in place.</summary>
    public void Blur<TLane>(float[] values, int stride, int piece)
        where TLane : struct, ILane<TLane>
    {
        ref float start = ref MemoryMarshal.GetArrayDataReference(values);
        int[] vertices = _vertices;
        int end = _pieces[piece + 1];
        for (int at = _pieces[piece]; at < end;)
        {
            int next = at;
            for (int block = 0; block < stride; block += TLane.Width)
                next = BlurChain<TLane>(ref start, vertices, at, stride, block);
            at = next;
        }
    }

    private static int BlurChain<TLane>(ref float values, int[] vertices, int at, int stride, int block)
        where TLane : struct, ILane<TLane>
    {
        const float Half = 0.5f;
        const int Ahead = 6;
        // The first pass over a chain brings whole rows.
        bool isAsking = block == 0 && CacheLines.IsWorthwhile(stride);
        TLane before = default;
        nuint place = (nuint)(((long)vertices[at++] * stride) + block);
        TLane value = TLane.Load(ref values, place);
        while (true)
        {
            if (isAsking && at + Ahead < vertices.Length)
                CacheLines.Request(ref values, Place(vertices[at + Ahead], stride), stride);
            int vertex = vertices[at++];
            bool isLast = vertex < 0;
            nuint nextPlace = (nuint)(Place(vertex, stride) + block);
            TLane after = TLane.Load(ref values, nextPlace);
            value.AddScaled(before + after, Half).Store(ref values, place);
            before = value;
            value = after;
            place = nextPlace;
            if (!isLast)
                continue;
            value.AddScaled(before, Half).Store(ref values, place);
            return at;
        }
    }

    private static nint Place(int vertex, int stride) => (nint)(vertex < 0 ? ~vertex : vertex) * stride;

    private static int[] String(int[] next, bool[] followed, int length)
    {
        var chained = new int[length];
        int at = 0;
        for (int start = 0; start < next.Length; start++)
        {
            if (followed[start] || next[start] < 0)
                continue;
            for (int vertex = start; vertex >= 0; vertex = next[vertex])
                chained[at++] = vertex;
            chained[at - 1] = ~chained[at - 1];
        }

        return chained;
    }

    private static int[] Cut(int[] chained, ThreadRanges ranges)
    {
        var pieces = new int[ranges.Count + 1];
        for (int piece = 1; piece < ranges.Count; piece++)
        {
            int at = Math.Max(ranges.Bound(chained.Length, piece), pieces[piece - 1]);
            while (at > 0 && at < chained.Length && chained[at - 1] >= 0)
                at++;
            pieces[piece] = at;
        }

        pieces[^1] = chained.Length;
        return pieces;
    }
}
