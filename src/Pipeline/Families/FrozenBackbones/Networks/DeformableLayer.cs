using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Blocks;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Networks;

/// <summary>
/// One layer of the deformable encoder (frozenseg.md 4.1), cut where the sampling is: what comes before it, and what
/// comes after. Between the two stands <see cref="GridSampling"/> inside a graph, or a kernel outside of it.
/// </summary>
/// <param name="configuration">Sizes.</param>
internal sealed class DeformableLayer(PixelDecoderConfiguration configuration)
{
    private const float Epsilon = 1e-5f;

    /// <summary>What is sampled, and where.</summary>
    /// <param name="scope">At <c>encoder.layers.{i}</c>.</param>
    /// <param name="tokens"><c>[N, D]</c>.</param>
    /// <param name="positions"><c>[N, D]</c>; only the query sees them.</param>
    public DeformableQuery Prepare(GraphScope scope, GraphValue tokens, GraphValue positions) =>
        Query(scope["self_attn"], tokens + positions, tokens);

    /// <summary>The three projections of the attention.</summary>
    /// <param name="attention">At <c>self_attn</c>.</param>
    /// <param name="query"><c>[N, D]</c>, position added.</param>
    /// <param name="source"><c>[N, D]</c>.</param>
    public DeformableQuery Query(GraphScope attention, GraphValue query, GraphValue source)
    {
        using IDisposable naming = attention.Enter();
        return new DeformableQuery(
            attention["value_proj"].Linear(source, configuration.Width),
            attention["sampling_offsets"].Linear(query, 2 * configuration.Samples),
            attention["attention_weights"].Linear(query, configuration.Samples));
    }

    /// <summary>The rest of the layer, post-norm.</summary>
    /// <param name="scope">At <c>encoder.layers.{i}</c>.</param>
    /// <param name="tokens"><c>[N, D]</c>, as they entered the layer.</param>
    /// <param name="sampled"><c>[N, D]</c>: weighted sums of samples.</param>
    /// <param name="levels">Of how many maps the tokens are.</param>
    public GraphValue Finish(GraphScope scope, GraphValue tokens, GraphValue sampled, int levels)
    {
        using IDisposable naming = scope.Enter();
        return Strips.InStrips(StripCount(levels), [tokens, sampled], rows => Finish(scope, rows[0], rows[1]));
    }

    private GraphValue Finish(GraphScope scope, GraphValue tokens, GraphValue sampled)
    {
        GraphValue attended = scope["self_attn"]["output_proj"].Linear(sampled, configuration.Width);
        GraphValue rows = scope["norm1"].LayerNorm(tokens + attended, Epsilon);
        GraphValue hidden = scope["linear1"].Linear(rows, configuration.FeedForwardWidth).Relu();
        return scope["norm2"].LayerNorm(rows + scope["linear2"].Linear(hidden, configuration.Width), Epsilon);
    }

    // The coarsest map, and as often what finer ones hold four times as much of: 1 + 4 + 16.
    private static int StripCount(int levels) => ((1 << (2 * levels)) - 1) / 3;
}
