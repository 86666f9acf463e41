using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Blocks;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Pipeline.Families.Clip.Networks;

/// <summary>CLIP's text tower (car.md 1): causal blocks; the feature of a text is that of its end mark.</summary>
/// <param name="configuration">Sizes.</param>
internal sealed class ClipTextNetwork(ClipTextConfiguration configuration)
{
    private readonly ClipTransformer _transformer = new(
        configuration.Width, configuration.Heads, configuration.Activation, isCausal: true);

    /// <summary>
    /// <c>ids</c> int64 [B, L] and the position of each end mark, <c>ends</c> int64 [B] → <c>features</c> [B, E], of
    /// length 1, and <c>scale</c>, the factor of cosines. A token never sees those after it, so that L need not be the
    /// whole context: what follows the end mark may be left out.
    /// </summary>
    public GraphBuilder Graph(IWeightSource weights, GraphTarget target)
    {
        var graph = new GraphBuilder("clip_text", target);
        var root = new GraphScope(graph, weights, "");
        GraphValue ids = graph.Input("ids", ElementType.Int64, "texts", "tokens");
        GraphValue ends = graph.Input("ends", ElementType.Int64, "texts");
        GraphValue positions = graph.Input("positions", ElementType.Int64, "tokens");
        GraphValue features = Project(root, AtEnds(Tokens(root, ids, positions), ends));
        graph.FloatOutput("features", features.L2Normalise());
        graph.FloatOutput("scale", root.Weight("logit_scale").Exp());
        return graph;
    }

    /// <summary>All blocks.</summary>
    /// <param name="root">Where the tower's weights are.</param>
    /// <param name="ids">int64 [B, L].</param>
    /// <param name="positions">int64 [L]: 0 to L − 1.</param>
    /// <returns><c>[B, L, D]</c>, before <c>ln_final</c>.</returns>
    public GraphValue Tokens(GraphScope root, GraphValue ids, GraphValue positions)
    {
        GraphValue tokens = root["token_embedding"]
            .Weight("weight", configuration.Vocabulary, configuration.Width)
            .Gather(ids)
            + root.Weight("positional_embedding", configuration.Context, configuration.Width).Gather(positions);
        for (int block = 0; block < configuration.Layers; block++)
            tokens = _transformer.Block(root["transformer"]["resblocks"][block], tokens);
        return tokens;
    }

    /// <summary>The embedding of end marks, not yet of length 1.</summary>
    /// <param name="root">Where the tower's weights are.</param>
    /// <param name="ends"><c>[B, D]</c>, before <c>ln_final</c>.</param>
    /// <returns><c>[B, E]</c>.</returns>
    public GraphValue Project(GraphScope root, GraphValue ends)
    {
        GraphValue normed = root["ln_final"].LayerNorm(ends, ClipTransformer.Epsilon);
        // Hugging Face stores the matrix transposed, as a linear layer.
        return root["text_projection"].Has("weight")
            ? root["text_projection"].Linear(normed, configuration.EmbeddingSize, bias: false)
            : normed.MatMul(root.Weight("text_projection", configuration.Width, configuration.EmbeddingSize));
    }

    private GraphValue AtEnds(GraphValue tokens, GraphValue ends) => tokens
        .GatherElements(1, ends.Reshape(Dimension.Rest, 1, 1).Expand(
            Shaping.Concat(0, ends.ShapeOf(), tokens.Graph.Integers(1, configuration.Width)),
            ends[0],
            1,
            configuration.Width))
        .Reshape(Dimension.Rest, configuration.Width);
}
