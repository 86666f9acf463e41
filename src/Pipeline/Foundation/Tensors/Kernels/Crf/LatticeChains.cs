using System.Runtime.InteropServices;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Lanes;

namespace FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Crf;

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
    /// <typeparam name="TLane">Register to work with.</typeparam>
    /// <param name="values">float32, vertices × the lane's width.</param>
    /// <param name="piece">0..<see cref="PieceCount"/>.</param>
    public void Blur<TLane>(float[] values, int piece)
        where TLane : struct, ILane<TLane>
    {
        const float Half = 0.5f;
        ref float start = ref MemoryMarshal.GetArrayDataReference(values);
        int[] vertices = _vertices;
        int at = _pieces[piece], end = _pieces[piece + 1];
        while (at < end)
        {
            TLane before = default;
            nuint place = (nuint)vertices[at++] * (nuint)TLane.Width;
            TLane value = TLane.Load(ref start, place);
            bool isLast;
            do
            {
                int vertex = vertices[at++];
                isLast = vertex < 0;
                nuint nextPlace = (nuint)(isLast ? ~vertex : vertex) * (nuint)TLane.Width;
                TLane after = TLane.Load(ref start, nextPlace);
                value.AddScaled(before + after, Half).Store(ref start, place);
                (before, value, place) = (value, after, nextPlace);
            }
            while (!isLast);
            value.AddScaled(before, Half).Store(ref start, place);
        }
    }

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
