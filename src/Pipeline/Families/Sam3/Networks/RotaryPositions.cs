using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Families.Sam3.Networks;

/// <summary>
/// Rotary positions on a square field: the pairs of a head's first half turn with the column, those of the second half
/// with the row. Published weights turn neighbours (2i, 2i + 1); here their rows are ordered so that a head is its even
/// elements, then its odd ones. Queries and keys are ordered alike, so inner products stay what they are, and no
/// complex numbers and no strided slices are needed (sam3.md 1.3).
/// </summary>
/// <param name="side">Side of the field, in tokens.</param>
/// <param name="trainedSide">Side of the field of the training, over which positions are spread.</param>
/// <param name="heads">Number of heads.</param>
/// <param name="headWidth">Length of a head's vector, d.</param>
internal sealed class RotaryPositions(int side, int trainedSide, int heads, int headWidth)
{
    private const double Base = 10000;

    private int Pairs => headWidth / 2;

    /// <summary>Turns queries or keys.</summary>
    /// <param name="x"><c>[fields, side², heads·d]</c>, heads in the order of <see cref="Order"/>.</param>
    public GraphValue Turn(GraphValue x)
    {
        GraphValue apart = x.Reshape(x[0], side * side, heads, headWidth);
        GraphValue even = apart.Slice(-1, 0, Pairs), odd = apart.Slice(-1, Pairs);
        (GraphValue cosine, GraphValue sine) = Angles(x.Graph);
        return Shaping.Concat(-1, (even * cosine) - (odd * sine), (even * sine) + (odd * cosine))
            .Reshape(x[0], side * side, heads * headWidth);
    }

    /// <summary>Where each row of a projection comes from: head by head the even elements, then the odd ones.</summary>
    public long[] Order() =>
        [.. Enumerable.Range(0, heads * headWidth).Select(row =>
        {
            (int head, int element) = Math.DivRem(row, headWidth);
            return ((long)head * headWidth) + (element < Pairs ? 2 * element : (2 * (element - Pairs)) + 1);
        })];

    private (GraphValue Cosine, GraphValue Sine) Angles(GraphBuilder graph)
    {
        int half = Pairs / 2;
        double scale = (double)trainedSide / side;
        var cosines = new float[side * side * Pairs];
        var sines = new float[cosines.Length];
        for (int at = 0; at < cosines.Length; at++)
        {
            (int token, int pair) = Math.DivRem(at, Pairs);
            int place = pair < half ? token % side : token / side;
            double frequency = Math.Pow(Base, -4.0 * (pair % half) / headWidth);
            (sines[at], cosines[at]) = (
                (float)Math.Sin(place * scale * frequency), (float)Math.Cos(place * scale * frequency));
        }

        return (graph.Floats(cosines, 1, side * side, 1, Pairs), graph.Floats(sines, 1, side * side, 1, Pairs));
    }
}
