using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Blocks;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Families.Sam3.Networks;

/// <summary>
/// Exemplars as prompt tokens: each is the sum of where it is, what the map holds there, and whether it is
/// wanted. A last token, CLS, looks at the picture whether there are exemplars or not: a prompt of words alone has it
/// too (sam3.md 2.2).
/// </summary>
/// <param name="configuration">Sizes.</param>
internal sealed class GeometryEncoder(Sam3Configuration configuration)
{
    private readonly SineCode _code = new(configuration.Width);

    /// <summary>The map that exemplars are pooled from, normed cell by cell.</summary>
    /// <param name="scope">At <c>geometry_encoder</c>.</param>
    /// <param name="map">The coarse map as rows, <c>[G², d]</c>.</param>
    /// <returns><c>[d, G, G]</c>.</returns>
    public GraphValue Pooled(GraphScope scope, GraphValue map) =>
        scope["img_pre_norm"].LayerNorm(map, Sam3Layers.Epsilon).Transpose(1, 0)
            .Reshape(configuration.Width, configuration.Grid, configuration.Grid);

    /// <summary>Tokens of boxes.</summary>
    /// <param name="scope">At <c>geometry_encoder</c>.</param>
    /// <param name="pooled">Of <see cref="Pooled"/>.</param>
    /// <param name="boxes">Centre x, centre y, width and height in 0..1, <c>[k, 4]</c>.</param>
    /// <param name="labels">int64 [k]: 1 wanted, 0 unwanted.</param>
    /// <param name="rows">Weights of the map's rows in each bin, <c>[k, 1, 7, G]</c>
    /// (<see cref="BoxPooling"/>).</param>
    /// <param name="columns">Weights of its columns, <c>[k, 1, G, 7]</c>.</param>
    /// <returns><c>[k, d]</c>.</returns>
    public GraphValue Boxes(
        GraphScope scope, GraphValue pooled, GraphValue boxes, GraphValue labels, GraphValue rows, GraphValue columns)
    {
        int width = configuration.Width, bins = configuration.PoolSize * configuration.PoolSize;
        GraphValue pieces = rows.MatMul(pooled.Unsqueeze(0).MatMul(columns)).Reshape(Dimension.Rest, width * bins);
        GraphValue kernel = scope["boxes_pool_project"]
            .Weight("weight", width, width, configuration.PoolSize, configuration.PoolSize)
            .Reshape(width, width * bins);
        GraphValue content = pieces.Gemm(kernel, scope["boxes_pool_project"].Weight("bias", width));
        GraphValue place = Shaping.Concat(
            -1, _code.Of(Column(boxes, 1)), _code.Of(Column(boxes, 0)), Column(boxes, 3), Column(boxes, 2));
        return scope["boxes_direct_project"].Linear(boxes, width)
            + content
            + scope["boxes_pos_enc_project"].Linear(place, width)
            + Labels(scope, labels);
    }

    /// <summary>
    /// Tokens of points. The published weights hold them; the published program has no way to give any, and evaluates
    /// without.
    /// </summary>
    /// <param name="scope">At <c>geometry_encoder</c>.</param>
    /// <param name="pooled">Of <see cref="Pooled"/>.</param>
    /// <param name="points">x and y in 0..1, <c>[k, 2]</c>.</param>
    /// <param name="labels">int64 [k]: 1 wanted, 0 unwanted.</param>
    /// <returns><c>[k, d]</c>.</returns>
    public GraphValue Points(GraphScope scope, GraphValue pooled, GraphValue points, GraphValue labels)
    {
        int width = configuration.Width;
        // −1 and 1 are the outer edges of the map here, and 0 and 1 are in points.
        GraphValue grid = ((points * 2) - 1).Reshape(1, Dimension.Rest, 1, 2);
        GraphValue sampled = pooled.Unsqueeze(0).GridSample(grid).Reshape(width, Dimension.Rest).Transpose(1, 0);
        GraphValue place = Shaping.Concat(-1, _code.Of(Column(points, 0)), _code.Of(Column(points, 1)));
        return scope["points_direct_project"].Linear(points, width)
            + scope["points_pool_project"].Linear(sampled, width)
            + scope["points_pos_enc_project"].Linear(place, width)
            + Labels(scope, labels);
    }

    /// <summary>The tokens before the layers: those of exemplars, then CLS.</summary>
    /// <param name="scope">At <c>geometry_encoder</c>.</param>
    /// <param name="exemplars">Each <c>[k, d]</c>; none for a prompt of words alone.</param>
    /// <returns><c>[exemplars + 1, d]</c>.</returns>
    public GraphValue Tokens(GraphScope scope, params ReadOnlySpan<GraphValue> exemplars)
    {
        GraphValue cls = scope["cls_embed"].Weight("weight", 1, configuration.Width);
        GraphValue tokens = exemplars.IsEmpty ? cls : Shaping.Concat(0, [.. exemplars, cls]);
        return scope["norm"].LayerNorm(scope["final_proj"].Linear(tokens, configuration.Width), Sam3Layers.Epsilon);
    }

    /// <summary>One layer.</summary>
    /// <param name="scope">At <c>geometry_encoder</c>.</param>
    /// <param name="tokens"><c>[k, d]</c>.</param>
    /// <param name="map">The coarse map as rows, <c>[G², d]</c>; as it is, not normed.</param>
    /// <param name="positions"><c>[G², d]</c>.</param>
    /// <param name="index">Number of the layer.</param>
    public GraphValue Layer(GraphScope scope, GraphValue tokens, GraphValue map, GraphValue positions, int index)
    {
        GraphScope layer = scope["encode"][index];
        using IDisposable naming = layer.Enter();
        GraphValue y = layer["norm1"].LayerNorm(tokens, Sam3Layers.Epsilon);
        tokens += PackedAttention.Apply(layer["self_attn"], y, y, y, configuration.Heads);
        y = layer["norm2"].LayerNorm(tokens, Sam3Layers.Epsilon);
        tokens += PackedAttention.Apply(layer["cross_attn_image"], y, map + positions, map, configuration.Heads);
        y = layer["norm3"].LayerNorm(tokens, Sam3Layers.Epsilon);
        return tokens + Sam3Layers.Perceptron(layer, y, configuration.Hidden);
    }

    /// <summary>All layers and the norm after them.</summary>
    /// <returns><c>[k, d]</c>.</returns>
    public GraphValue Encode(GraphScope scope, GraphValue tokens, GraphValue map, GraphValue positions)
    {
        for (int layer = 0; layer < configuration.GeometryLayers; layer++)
            tokens = Layer(scope, tokens, map, positions, layer);
        return scope["encode_norm"].LayerNorm(tokens, Sam3Layers.Epsilon);
    }

    private GraphValue Labels(GraphScope scope, GraphValue labels) =>
        scope["label_embed"].Weight("weight", 2, configuration.Width).Gather(labels);

    private static GraphValue Column(GraphValue x, int index) => x.Slice(-1, index, index + 1);
}
