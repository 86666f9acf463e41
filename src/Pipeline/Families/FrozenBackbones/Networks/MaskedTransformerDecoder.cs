using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Blocks;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Networks;

/// <summary>
/// The masked transformer decoder (frozenseg.md 5) with FrozenSeg's Query Injector and Feature Injector; without them
/// it is FC-CLIP's.
/// </summary>
/// <remarks>
/// Bilinear resizing is linear, so mask logits at a level's size come from mask features resized once, and the
/// full-size logits are computed for the last layer alone. Class vectors of earlier layers reach no output and are not
/// computed.
/// </remarks>
/// <param name="configuration">Sizes.</param>
internal sealed class MaskedTransformerDecoder(MaskedDecoderConfiguration configuration)
{
    private const float Epsilon = 1e-5f;

    /// <summary>Prepares what all layers look at.</summary>
    /// <param name="scope">At <c>sem_seg_head.predictor</c>.</param>
    /// <param name="maps">Multi-scale features, the coarsest first, each <c>[1, D, h, w]</c>.</param>
    /// <param name="positions">Sine positions of each, <c>[h·w, D]</c>.</param>
    /// <param name="maskFeatures"><c>[1, D, H/4, W/4]</c>.</param>
    /// <param name="sam">The SAM branch's map <c>[1, D, s, s]</c>; null without injectors.</param>
    /// <param name="samEmbedding">SAM's embedding <c>[1, D, g, g]</c>; null without injectors.</param>
    public DecoderMemory Remember(
        GraphScope scope,
        IReadOnlyList<GraphValue> maps,
        IReadOnlyList<GraphValue> positions,
        GraphValue maskFeatures,
        GraphValue? sam,
        GraphValue? samEmbedding)
    {
        GraphValue vectors = scope["level_embed"].Weight("weight", configuration.Levels, configuration.Width);
        GraphValue[] levels = [.. maps.Select((map, level) =>
            PixelDecoderNetwork.ToTokens(map) + vectors.Slice(0, level, level + 1))];
        SamMemory? samMemory = null;
        if (configuration.HasInjectors)
        {
            GraphValue value = PixelDecoderNetwork.ToTokens(ResizeLike(sam!, maps[0])) + vectors.Slice(0, 0, 1);
            samMemory = new SamMemory(
                value, value + positions[0], samEmbedding!, ResizeLike(maskFeatures, samEmbedding!));
        }

        return new DecoderMemory(
            levels,
            [.. levels.Zip(positions, (level, position) => level + position)],
            maskFeatures,
            [.. maps.Select(map => ResizeLike(maskFeatures, map))],
            samMemory);
    }

    /// <summary>The queries before the first layer.</summary>
    public QueryState FirstQueries(GraphScope scope)
    {
        GraphValue queries = scope["query_feat"].Weight("weight", configuration.Queries, configuration.Width);
        return new QueryState(queries, queries);
    }

    /// <summary>
    /// One layer: a query looks at the picture, at the other queries, and thinks; then the Query Injector.
    /// </summary>
    /// <param name="scope">At <c>sem_seg_head.predictor</c>.</param>
    /// <param name="state">The queries.</param>
    /// <param name="memory">What they look at.</param>
    /// <param name="layer">Number of the layer.</param>
    public QueryState Layer(GraphScope scope, QueryState state, DecoderMemory memory, int layer)
    {
        GraphValue queries = CrossAttend(scope, state, memory, layer);
        queries = SelfAttend(scope, queries, layer);
        queries = FeedForward(scope["transformer_ffn_layers"][layer], queries);
        return new QueryState(InjectQueries(scope, queries, memory, layer), queries);
    }

    /// <summary>
    /// The Query Injector (paper Eq. 1): adds to each query the SAM features under its mask, through the projection of
    /// the class branch.
    /// </summary>
    private GraphValue InjectQueries(GraphScope scope, GraphValue queries, DecoderMemory memory, int layer) =>
        configuration.HasQueryInjector(layer) ? queries + SamPool(scope, queries, memory) : queries;

    /// <summary>SAM features under each query's mask, projected: <c>[Q, D]</c>.</summary>
    public GraphValue SamPool(GraphScope scope, GraphValue queries, DecoderMemory memory)
    {
        SamMemory sam = memory.Sam!;
        GraphValue masks = MaskPooling.Harden(MaskLogits(MaskEmbedding(scope, queries), sam.MaskFeatures));
        return ProjectPooled(scope, MaskPooling.Apply(masks, sam.Embedding));
    }

    /// <summary>
    /// What the next layer may not look at: true where the mask logit at its size is below 0, <c>[Q, n]</c>.
    /// </summary>
    public GraphValue Blocked(GraphScope scope, GraphValue queries, DecoderMemory memory, int level)
    {
        GraphValue logits = MaskLogits(MaskEmbedding(scope, queries), memory.LevelMaskFeatures[level]);
        return logits.Less(logits.Graph.Scalar(0, logits.Type));
    }

    /// <summary>Full-size mask logits, <c>[Q, H/4·W/4]</c>.</summary>
    public GraphValue Masks(GraphScope scope, GraphValue queries, DecoderMemory memory) =>
        MaskLogits(MaskEmbedding(scope, queries), memory.MaskFeatures);

    /// <summary>Class vectors in the joint space, <c>[Q, E]</c>, not normalised.</summary>
    /// <param name="scope">At <c>sem_seg_head.predictor</c>.</param>
    /// <param name="queries"><c>[Q, D]</c>.</param>
    /// <param name="masks">Their full-size mask logits.</param>
    /// <param name="memory">Holds the mask features.</param>
    public GraphValue ClassVectors(GraphScope scope, GraphValue queries, GraphValue masks, DecoderMemory memory)
    {
        GraphValue pooled = MaskPooling.Apply(MaskPooling.Harden(masks), memory.MaskFeatures);
        return MultilayerPerceptron.Apply(
            scope["class_embed"],
            ProjectPooled(scope, pooled) + Normalise(scope, queries),
            configuration.Width,
            configuration.Width,
            configuration.EmbeddingWidth);
    }

    /// <summary>Queries after cross attention and its norm.</summary>
    internal GraphValue CrossAttend(GraphScope scope, QueryState state, DecoderMemory memory, int layer)
    {
        GraphValue queries = state.Queries;
        int level = configuration.LevelOf(layer);
        GraphValue value = memory.Levels[level], key = memory.Keys[level];
        if (configuration.HasFeatureInjector(layer))
            value = key = InjectFeatures(scope, memory, layer);
        GraphScope attention = scope["transformer_cross_attention_layers"][layer];
        GraphValue attended = PackedAttention.Apply(
            attention["multihead_attn"], queries + Places(scope), key, value, configuration.Heads, MaskBias(
                scope, state.Heads, memory, level));
        return attention["norm"].LayerNorm(queries + attended, Epsilon);
    }

    /// <summary>
    /// The Feature Injector (paper Eq. 2): the coarsest features attend to SAM's. It starts from the same features in
    /// every layer, and the queries see its result without positions (frozenseg.md 0, item 2).
    /// </summary>
    internal GraphValue InjectFeatures(GraphScope scope, DecoderMemory memory, int layer)
    {
        GraphScope injector = scope["transformer_cross_attention_layers_sam"][layer];
        GraphValue attended = PackedAttention.Apply(
            injector["multihead_attn"], memory.Keys[0], memory.Sam!.Key, memory.Sam.Value, configuration.Heads);
        return injector["norm"].LayerNorm(memory.Levels[0] + attended, Epsilon);
    }

    private GraphValue SelfAttend(GraphScope scope, GraphValue queries, int layer)
    {
        GraphScope attention = scope["transformer_self_attention_layers"][layer];
        GraphValue placed = queries + Places(scope);
        GraphValue attended = PackedAttention.Apply(
            attention["self_attn"], placed, placed, queries, configuration.Heads);
        return attention["norm"].LayerNorm(queries + attended, Epsilon);
    }

    private GraphValue FeedForward(GraphScope scope, GraphValue queries)
    {
        using IDisposable naming = scope.Enter();
        GraphValue hidden = scope["linear1"].Linear(queries, configuration.FeedForwardWidth).Relu();
        return scope["norm"].LayerNorm(queries + scope["linear2"].Linear(hidden, configuration.Width), Epsilon);
    }

    // Minus infinity where a query may not look. A query that may look nowhere looks everywhere: its threshold is the
    // lowest of all numbers instead of 0.
    private GraphValue MaskBias(GraphScope scope, GraphValue queries, DecoderMemory memory, int level)
    {
        GraphValue logits = MaskLogits(MaskEmbedding(scope, queries), memory.LevelMaskFeatures[level]);
        GraphBuilder graph = logits.Graph;
        GraphValue zero = graph.Scalar(0, logits.Type), lowest = graph.Scalar(double.NegativeInfinity, logits.Type);
        GraphValue threshold = logits.ReduceMax(1).Less(zero).Where(lowest, zero);
        return logits.Less(threshold).Where(lowest, zero).Unsqueeze(0).Unsqueeze(0);
    }

    private GraphValue MaskEmbedding(GraphScope scope, GraphValue queries) => MultilayerPerceptron.Apply(
        scope["mask_embed"], Normalise(scope, queries), configuration.Width, configuration.Width, configuration.Width);

    private static GraphValue MaskLogits(GraphValue embedding, GraphValue features) =>
        embedding.MatMul(features.Reshape(features[1], Dimension.Rest));

    private GraphValue ProjectPooled(GraphScope scope, GraphValue pooled)
    {
        GraphScope projection = scope["_mask_pooling_proj"];
        return projection["1"].Linear(projection["0"].LayerNorm(pooled, Epsilon), configuration.Width);
    }

    private GraphValue Places(GraphScope scope) =>
        scope["query_embed"].Weight("weight", configuration.Queries, configuration.Width);

    private static GraphValue Normalise(GraphScope scope, GraphValue queries) =>
        scope["decoder_norm"].LayerNorm(queries, Epsilon);

    private static GraphValue ResizeLike(GraphValue x, GraphValue other) => x.ResizeBilinear(
        Shaping.Concat(0, x.ShapeOf(0, 2), other.ShapeOf(2)), other[2], other[3]);
}
