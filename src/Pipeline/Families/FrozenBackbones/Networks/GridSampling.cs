using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Networks;

/// <summary>
/// Multi-scale deformable sampling (frozenseg.md 4.2) inside a graph: a GridSample for each level. For a GPU; on the
/// CPU <see cref="Foundation.Tensors.Kernels.Attention.DeformableSampling"/> is many times faster.
/// </summary>
/// <param name="configuration">Sizes.</param>
internal sealed class GridSampling(PixelDecoderConfiguration configuration)
{
    /// <summary>Weighted sums of samples.</summary>
    /// <param name="query">What is sampled, and where.</param>
    /// <param name="places"><c>[N, 2]</c>: a token's own place, (x, y) in 0..1.</param>
    /// <param name="sizes">Height and width of each map, int64 <c>[2]</c>.</param>
    /// <returns><c>[N, D]</c>.</returns>
    public GraphValue Apply(DeformableQuery query, GraphValue places, IReadOnlyList<GraphValue> sizes)
    {
        GraphValue weights = query.Weights.Reshape(
            Dimension.Rest, configuration.Heads, configuration.Levels * configuration.Points).Softmax();
        GraphValue offsets = query.Offsets.Reshape(
            Dimension.Rest, configuration.Heads, configuration.Levels, configuration.Points * 2);
        GraphValue[] maps = SplitMaps(query.Value, sizes);
        GraphValue? sum = null;
        for (int level = 0; level < sizes.Count; level++)
        {
            GraphValue ofLevel = OfLevel(offsets, level, sizes.Count)
                .Reshape(Dimension.Rest, configuration.Heads, configuration.Points, 2);
            GraphValue shares = OfLevel(
                weights.Reshape(Dimension.Rest, configuration.Heads, configuration.Levels, configuration.Points),
                level,
                sizes.Count);
            GraphValue samples = Sample(maps[level], sizes[level], ofLevel, OfPlaces(places, sizes.Count));
            GraphValue weighted = Weigh(
                samples, shares.Reshape(Dimension.Rest, configuration.Heads, configuration.Points));
            sum = sum is null ? weighted : sum + weighted;
        }

        // [heads, d, N] → [N, heads·d]
        return sum!.Reshape(configuration.Width, Dimension.Rest).Transpose(1, 0);
    }

    /// <summary>
    /// A level's part of <c>[N, heads, levels, …]</c>. With fewer maps than levels the released kernel reads the flat
    /// buffer as if it were laid out for the maps (frozenseg.md 4.3): for one map, the first of <c>levels</c> equal
    /// parts.
    /// </summary>
    private GraphValue OfLevel(GraphValue x, int level, int maps) => maps == configuration.Levels
        ? x.Slice(2, level, level + 1)
        : x.Reshape(configuration.Levels, Dimension.Rest).Slice(0, 0, 1);

    // The same reading for the places: a token's place belongs to each of its heads and levels.
    private GraphValue OfPlaces(GraphValue places, int maps)
    {
        GraphValue each = places.Reshape(Dimension.Rest, 1, 1, 2);
        if (maps == configuration.Levels)
            return each;
        GraphValue zeros = places.Graph.Floats(
            new float[configuration.Heads * configuration.Levels * 2], 1, configuration.Heads, configuration.Levels, 2);
        return (each + zeros).Reshape(configuration.Levels, Dimension.Rest).Slice(0, 0, 1)
            .Reshape(Dimension.Rest, configuration.Heads, 1, 2);
    }

    // [heads, d, N, points] of a map [heads, d, h, w].
    private static GraphValue Sample(GraphValue map, GraphValue size, GraphValue offsets, GraphValue places)
    {
        GraphValue widthHeight = Shaping.Concat(0, size.Slice(0, 1, 2), size.Slice(0, 0, 1)).Cast(offsets.Type);
        GraphValue grid = ((places + (offsets / widthHeight)) * 2) - 1;
        return map.GridSample(grid.Transpose(1, 0, 2, 3));
    }

    private static GraphValue Weigh(GraphValue samples, GraphValue weights) =>
        (samples * weights.Transpose(1, 0, 2).Unsqueeze(1)).ReduceSum(3, keep: false);

    private GraphValue[] SplitMaps(GraphValue value, IReadOnlyList<GraphValue> sizes)
    {
        GraphBuilder graph = value.Graph;
        GraphValue[] rows = sizes.Count == 1
            ? [value]
            : value.SplitBy(
                0,
                Shaping.Concat(0, [.. sizes.Select(size => size.Slice(0, 0, 1) * size.Slice(0, 1, 2))]),
                sizes.Count);
        return [.. rows.Select((part, level) => part.Transpose(1, 0).Reshape(
            Shaping.Concat(
                0, graph.Integers(configuration.Heads, configuration.Width / configuration.Heads), sizes[level]),
            configuration.Heads, configuration.Width / configuration.Heads, $"rows{level}", $"columns{level}"))];
    }
}
