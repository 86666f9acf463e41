using FrozenSeg.Pipeline.Families.Clip;
using FrozenSeg.Pipeline.Families.Clip.Networks;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Blocks;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn.Activation;

/// <summary>
/// Class activation maps of CLIP with the gradient written out (car.md 4.3 to 4.5). One graph runs a picture and keeps
/// the inside of the last block; the other takes any number of texts back to the input of that block. There, only the
/// mean of the gradient over patches is needed, so that no attention-sized gradient is ever formed.
/// </summary>
/// <param name="configuration">Sizes.</param>
/// <param name="weights">Under OpenAI's names.</param>
/// <param name="target">What to build for.</param>
internal sealed class ActivationNetwork(
    ClipVisionConfiguration configuration, IWeightSource weights, GraphTarget target)
{
    private readonly ClipVisionNetwork _vision = new(configuration);

    /// <summary>What the picture graph hands to the gradient graph, besides <c>pooled</c>.</summary>
    public static IReadOnlyList<string> Kept { get; } =
    [
        "act", "query", "key", "value", "attention", "context", "post_normal", "post_sigma", "mlp_normal", "mlp_sigma",
        "slope", "spread",
    ];

    /// <summary>
    /// <c>image</c> [1, 3, H, W] → <c>pooled</c> [1, E], the mean patch's feature, not of length 1; <c>affinity</c> [P,
    /// P], and everything <see cref="Kept"/>.
    /// </summary>
    /// <param name="averagedBlocks">From how many of the last blocks the affinity is made.</param>
    public GraphBuilder Image(int averagedBlocks)
    {
        var graph = new GraphBuilder("car_image", target);
        GraphScope scope = new GraphScope(graph, weights, "")["visual"];
        GraphValue image = graph.FloatInput("image", 1, 3, "height", "width");
        GraphValue tokens = _vision.Embed(scope, image, roundPositions: true);
        GraphValue? attention = null;
        int last = configuration.Layers - 1, averaged = Math.Min(averagedBlocks, configuration.Layers);
        for (int index = 0; index < last; index++)
        {
            GraphScope block = ClipVisionNetwork.Block(scope, index);
            if (index < configuration.Layers - averaged)
            {
                tokens = _vision.Transformer.Block(block, tokens);
                continue;
            }

            (tokens, GraphValue mean) = _vision.Transformer.BlockWithAttention(block, tokens);
            GraphValue patches = mean.Slice(0, 1).Slice(1, 1);
            attention = attention is null ? patches : attention + patches;
        }

        GraphValue ofLast = LastBlock(graph, scope, tokens);
        attention = attention is null ? ofLast : attention + ofLast;
        GraphValue average = attention * (1f / averaged);
        graph.FloatOutput("mean_attention", average);
        graph.FloatOutput("affinity", Affinity(average));
        return graph;
    }

    /// <summary>
    /// <c>texts</c> [C, E] of length 1 and what the picture graph gave → <c>maps</c> [C, P]: B of car.md 4.5, the
    /// activation map of each cosine; and <c>weights</c> [C, D], β.
    /// </summary>
    public GraphBuilder Gradient()
    {
        var graph = new GraphBuilder("car_gradient", target);
        GraphScope scope = new GraphScope(graph, weights, "")["visual"];
        var step = new GradientStep(configuration, _vision, scope);
        GraphValue texts = graph.FloatInput("texts", "texts", configuration.EmbeddingSize);
        GraphValue pooled = graph.FloatInput("pooled", 1, configuration.EmbeddingSize);
        Dictionary<string, GraphValue> kept = Kept.ToDictionary(name => name, name => Input(graph, name));

        (GraphValue residual, GraphValue attended) = step.ThroughMlp(step.ToPatches(texts, pooled), kept);
        GraphValue weightsOfChannels = step.ThroughAttention(residual + attended, kept);
        graph.FloatOutput("weights", weightsOfChannels);
        graph.FloatOutput("maps", weightsOfChannels.MatMulTransposed(kept["act"]));
        return graph;
    }

    /// <summary>
    /// <c>affinity</c> [P, P] and <c>sources</c> [N, P] → <c>refined</c> [N, P]: two products, never P³ (car.md 5).
    /// </summary>
    public GraphBuilder Refine()
    {
        var graph = new GraphBuilder("car_refine", target);
        GraphValue affinity = graph.Input("affinity", ElementType.Float32, "patches", "patches");
        GraphValue sources = graph.Input("sources", ElementType.Float32, "classes", "patches");
        // The affinity is symmetric, so that rows may stand for columns.
        graph.Output("refined", sources.MatMul(affinity).MatMul(affinity));
        return graph;
    }

    // Only patches ask in the last block: the class token's output is not used, but patches look at it.
    private GraphValue LastBlock(GraphBuilder graph, GraphScope scope, GraphValue tokens)
    {
        GraphScope block = ClipVisionNetwork.Block(scope, configuration.Layers - 1);
        GraphValue normed = block["ln_1"].LayerNorm(tokens, ClipTransformer.Epsilon);
        ClipAttention attention = _vision.Transformer.Attend(block["attn"], normed.Slice(1, 1), normed);
        GraphValue attended = (tokens.Slice(1, 1) + _vision.Transformer.Output(block["attn"], attention))
            .Reshape(Dimension.Rest, configuration.Width);
        NormalisedRows mlp = NormalisedRows.Of(attended);
        GraphValue hidden = block["mlp"]["c_fc"].Linear(mlp.Scaled(block["ln_2"]), configuration.Width * 4);
        bool isQuick = configuration.Activation is ClipActivation.QuickGelu;
        GraphValue after = attended + block["mlp"]["c_proj"].Linear(
            isQuick ? hidden.QuickGelu() : hidden.Gelu(), configuration.Width);
        NormalisedRows post = NormalisedRows.Of(after);
        GraphValue slope = isQuick ? hidden.QuickGeluSlope() : hidden.GeluSlope();

        graph.FloatOutput("act", normed.Slice(1, 1).Reshape(Dimension.Rest, configuration.Width));
        graph.FloatOutput("query", attention.Query);
        graph.FloatOutput("key", attention.Key);
        graph.FloatOutput("value", attention.Value);
        graph.FloatOutput("attention", attention.Probabilities);
        graph.FloatOutput("context", attention.Context);
        graph.FloatOutput("post_normal", post.Normal);
        graph.FloatOutput("post_sigma", post.Sigma);
        graph.FloatOutput("mlp_normal", mlp.Normal);
        graph.FloatOutput("mlp_sigma", mlp.Sigma);
        graph.FloatOutput("slope", slope);
        graph.FloatOutput("spread", Spread(block, post.Normal, slope));
        graph.FloatOutput("pooled", _vision.Project(scope, post.Scaled(scope["ln_post"]).ReduceMean(0)));
        return attention.Probabilities.ReduceMean(0, keep: false).Slice(1, 1);
    }

    // The part of the MLP's gradient that is the same for every text, but for a factor a patch.
    private GraphValue Spread(GraphScope block, GraphValue postNormal, GraphValue slope) => (postNormal
        .MatMul(block["mlp"]["c_proj"].Weight("weight", configuration.Width, configuration.Width * 4)) * slope)
        .MatMul(GradientStep.ScaledHidden(block, configuration.Width));

    // Sinkhorn to a doubly stochastic matrix, columns first, then made symmetric.
    private static GraphValue Affinity(GraphValue attention)
    {
        const int Rounds = 3;
        GraphValue matrix = attention;
        for (int round = 0; round < Rounds; round++)
        {
            matrix /= matrix.ReduceSum(0);
            matrix /= matrix.ReduceSum(1);
        }

        return (matrix + matrix.Transpose(1, 0)) * 0.5f;
    }

    private GraphValue Input(GraphBuilder graph, string name)
    {
        int heads = configuration.Heads, width = configuration.HeadWidth;
        Dimension[] shape = name switch
        {
            "query" or "context" => [heads, "patches", width],
            "key" or "value" => [heads, "tokens", width],
            "attention" => [heads, "patches", "tokens"],
            "post_sigma" or "mlp_sigma" => ["patches", 1],
            "slope" => ["patches", 4 * configuration.Width],
            _ => ["patches", configuration.Width],
        };
        return graph.FloatInput(name, shape);
    }
}
