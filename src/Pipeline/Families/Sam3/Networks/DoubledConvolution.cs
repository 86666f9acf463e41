using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Families.Sam3.Networks;

/// <summary>
/// A 3×3 convolution of a map whose every cell was made four by nearest neighbour (sam3.md 4, item 2), from the small
/// map: the pixels of a cell see 2×2 cells, so that each of the four is a 2×2 convolution, four ninths of the work.
/// </summary>
internal static class DoubledConvolution
{
    /// <summary>The convolution, without a bias, zeros around the large map.</summary>
    /// <param name="map"><c>[1, C, side, side]</c>.</param>
    /// <param name="weight"><c>[O, C, 3, 3]</c>.</param>
    /// <param name="side">Side of the map.</param>
    /// <returns><c>[1, O, 2 side, 2 side]</c>.</returns>
    public static GraphValue Apply(GraphValue map, GraphValue weight, int side)
    {
        int channels = weight[0].Value;
        GraphValue[] rows =
        [
            .. Enumerable.Range(0, 2).Select(down => Shaping.Concat(
                -1,
                [.. Enumerable.Range(0, 2).Select(across => map
                    .Conv(
                        Folded(Folded(weight, 2, down), 3, across),
                        before: (1 - down, 1 - across),
                        after: (down, across))
                    .Unsqueeze(-1))])
                .Reshape(1, channels, side, 1, 2 * side)),
        ];
        return Shaping.Concat(3, rows).Reshape(1, channels, 2 * side, 2 * side);
    }

    // The first pixel of a cell has the cell before it under one tap and its own under two; the second its own under
    // two and the next under one.
    private static GraphValue Folded(GraphValue weight, int axis, int pixel)
    {
        GraphValue first = weight.Slice(axis, 0, 1), second = weight.Slice(axis, 1, 2),
            third = weight.Slice(axis, 2, 3);
        return pixel == 0
            ? Shaping.Concat(axis, first, second + third)
            : Shaping.Concat(axis, first + second, third);
    }
}
