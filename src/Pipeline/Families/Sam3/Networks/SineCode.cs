using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Families.Sam3.Networks;

/// <summary>
/// Numbers as sines: component k of d/2 is the sine (even k) or cosine (odd k) of 2π·v / 10000^(2⌊k/2⌋/(d/2)) (sam3.md
/// 2.3).
/// </summary>
/// <param name="width">d: a code has d/2 components.</param>
internal sealed class SineCode(int width)
{
    private const double Temperature = 10000, Epsilon = 1e-6;

    private int Components => width / 2;

    /// <summary>The code of every number of a column.</summary>
    /// <param name="column"><c>[N, 1]</c>, usually in 0..1.</param>
    /// <returns><c>[N, d/2]</c>.</returns>
    public GraphValue Of(GraphValue column)
    {
        int pairs = Components / 2;
        float[] factors = [.. Enumerable.Range(0, pairs).Select(pair => (float)(2 * Math.PI / Period(2 * pair)))];
        GraphValue angles = (column * column.Graph.Floats(factors, 1, pairs)).Unsqueeze(-1);
        return Shaping.Concat(-1, angles.Sin(), angles.Cos()).Reshape(column[0], Components);
    }

    /// <summary>
    /// The position of every cell of a square map: the code of its row, counted 1..G over G, then that of its column.
    /// </summary>
    /// <param name="side">G.</param>
    /// <returns>float32, G² × d, row-major.</returns>
    public float[] Map(int side)
    {
        var positions = new float[side * side * width];
        for (int at = 0; at < positions.Length; at++)
        {
            (int cell, int k) = Math.DivRem(at, width);
            int place = k < Components ? cell / side : cell % side;
            double angle = (place + 1) / (side + Epsilon) * 2 * Math.PI / Period(k % Components);
            positions[at] = (float)(k % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle));
        }

        return positions;
    }

    private double Period(int k) => Math.Pow(Temperature, 2.0 * (k / 2) / Components);
}
