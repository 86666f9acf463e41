using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Blocks;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Families.Sam3.Networks;

/// <summary>
/// What a query's box adds to its attention: the distances of a cell's corner from the box's edges,
/// logarithmic, through a small perceptron for rows and one for columns (sam3.md 3.3).
/// </summary>
/// <param name="configuration">Sizes.</param>
internal sealed class BoxBias(Sam3Configuration configuration)
{
    // Distances are stretched before the logarithm, and the logarithm of the largest is 1: log2(8) = 3.
    private const float Stretch = 8, Octaves = 3;

    /// <summary>For every head, query and cell what is added to the logit.</summary>
    /// <param name="scope">At <c>transformer.decoder</c>.</param>
    /// <param name="boxes">Centre x, centre y, width, height, <c>[Q, 4]</c>.</param>
    /// <returns><c>[1, heads, Q + 1, G²]</c>; the presence token stands first and gets nothing.</returns>
    public GraphValue Apply(GraphScope scope, GraphValue boxes)
    {
        int grid = configuration.Grid, heads = configuration.Heads, queries = configuration.Queries;
        GraphValue columns = Axis(scope["boxRPB_embed_x"], boxes, 0).Reshape(heads, queries, 1, grid);
        GraphValue rows = Axis(scope["boxRPB_embed_y"], boxes, 1).Reshape(heads, queries, grid, 1);
        GraphValue bias = (rows + columns).Reshape(1, heads, queries, grid * grid);
        GraphValue presence = bias.Graph.Floats(new float[heads * grid * grid], 1, heads, 1, grid * grid);
        return Shaping.Concat(2, presence, bias);
    }

    // [heads, Q, G]
    private GraphValue Axis(GraphScope perceptron, GraphValue boxes, int axis)
    {
        int grid = configuration.Grid, queries = configuration.Queries;
        GraphValue centre = boxes.Slice(1, axis, axis + 1), half = boxes.Slice(1, axis + 2, axis + 3) * 0.5f;
        GraphValue edges = Shaping.Concat(1, centre - half, centre + half).Reshape(queries, 1, 2);
        float[] corners = [.. Enumerable.Range(0, grid).Select(cell => (float)cell / grid)];
        GraphValue distances = (boxes.Graph.Floats(corners, 1, grid, 1) - edges) * Stretch;
        GraphValue octaves = (distances.Abs() + 1).Log() * (1 / (MathF.Log(2) * Octaves));
        return MultilayerPerceptron.Apply(
                perceptron, (distances.Sign() * octaves)
                    .Reshape(queries * grid, 2), configuration.Width, configuration.Heads)
            .Reshape(queries, grid, configuration.Heads).Transpose(2, 0, 1);
    }
}
