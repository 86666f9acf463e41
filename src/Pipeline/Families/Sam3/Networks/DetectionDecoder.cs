using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Blocks;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Families.Sam3.Networks;

/// <summary>
/// Queries look for what the prompt asks for, each with a box that every layer refines; a presence token beside them
/// says whether it is in the picture at all (sam3.md 3.2).
/// </summary>
/// <param name="configuration">Sizes.</param>
internal sealed class DetectionDecoder(Sam3Configuration configuration)
{
    private const float Clamp = 1e-3f, LargestScore = 12;

    private readonly SineCode _code = new(configuration.Width);
    private readonly BoxBias _bias = new(configuration);

    /// <summary>What the first layer begins with.</summary>
    /// <param name="scope">At <c>transformer.decoder</c>.</param>
    public DecoderState Start(GraphScope scope)
    {
        GraphValue presence = scope["presence_token"].Weight("weight", 1, configuration.Width);
        GraphValue queries = scope["query_embed"].Weight("weight", configuration.Queries, configuration.Width);
        return new DecoderState(
            Shaping.Concat(0, presence, queries), null, scope["reference_points"]
                .Weight("weight", configuration.Queries, 4)
                .Sigmoid());
    }

    /// <summary>One layer. Norms follow what they norm; their numbers are not their order (sam3.md 3.2).</summary>
    /// <param name="scope">At <c>transformer.decoder</c>.</param>
    /// <param name="state">Of the layer before.</param>
    /// <param name="cells">The fused map, <c>[G², d]</c>.</param>
    /// <param name="positions"><c>[G², d]</c>.</param>
    /// <param name="prompt">Text and exemplars, <c>[m, d]</c>.</param>
    /// <param name="index">Number of the layer.</param>
    public DecoderState Layer(
        GraphScope scope, DecoderState state, GraphValue cells, GraphValue positions, GraphValue prompt, int index)
    {
        GraphScope layer = scope["layers"][index];
        using IDisposable naming = layer.Enter();
        GraphValue places = Places(scope, state.Boxes), z = state.Tokens;
        z = Norm(
            "norm2", z + PackedAttention.Apply(layer["self_attn"], z + places, z + places, z, configuration.Heads));
        z = Norm(
            "catext_norm",
            z + PackedAttention.Apply(layer["ca_text"], z + places, prompt, prompt, configuration.Heads));
        z = Norm("norm1", z + PackedAttention.Apply(
            layer["cross_attn"], z + places, cells + positions, cells, configuration.Heads, _bias.Apply(
                scope, state.Boxes)));
        z = Norm("norm3", z + Sam3Layers.Perceptron(layer, z, configuration.Hidden));

        GraphValue queries = scope["norm"].LayerNorm(z.Slice(0, 1), Sam3Layers.Epsilon);
        GraphValue moved = MultilayerPerceptron.Apply(
            scope["bbox_embed"], queries, configuration.Width, configuration.Width, 4);
        return new DecoderState(z, queries, (moved + Logit(state.Boxes)).Sigmoid());

        GraphValue Norm(string name, GraphValue x) => layer[name].LayerNorm(x, Sam3Layers.Epsilon);
    }

    /// <summary>
    /// How sure the model is that the concept is in the picture at all: a logit, <c>[1, 1]</c>; it is not limited
    /// (sam3.md 3.4, item 2).
    /// </summary>
    /// <param name="scope">At <c>transformer.decoder</c>.</param>
    /// <param name="state">Of the last layer.</param>
    public GraphValue Presence(GraphScope scope, DecoderState state) => MultilayerPerceptron.Apply(
        scope["presence_token_head"],
        scope["presence_token_out_norm"].LayerNorm(state.Tokens.Slice(0, 0, 1), Sam3Layers.Epsilon),
        configuration.Width,
        configuration.Width,
        1);

    /// <summary>How well each query fits the prompt: logits within ±12, <c>[Q]</c>.</summary>
    /// <param name="scoring">At <c>dot_prod_scoring</c>.</param>
    /// <param name="queries"><c>[Q, d]</c>, normed.</param>
    /// <param name="prompt">Text and exemplars, <c>[m, d]</c>; no padding.</param>
    public GraphValue Scores(GraphScope scoring, GraphValue queries, GraphValue prompt)
    {
        GraphScope perceptron = scoring["prompt_mlp"];
        GraphValue meaning = perceptron["out_norm"].LayerNorm(
            prompt + MultilayerPerceptron.Apply(perceptron, prompt, configuration.Hidden, configuration.Width),
            Sam3Layers.Epsilon);
        GraphValue mean = scoring["prompt_proj"].Linear(meaning.ReduceMean(0), configuration.Width);
        return scoring["hs_proj"]
            .Linear(queries, configuration.Width)
            .MatMulTransposed(mean, 1 / MathF.Sqrt(configuration.Width))
            .Reshape(queries[0]).Clip(-LargestScore, LargestScore);
    }

    /// <summary>Boxes as sines: centre y, centre x, width, height (sam3.md 3.2).</summary>
    /// <param name="boxes">Centre x, centre y, width, height, <c>[Q, 4]</c>.</param>
    /// <returns><c>[Q, 2 d]</c>.</returns>
    public GraphValue Code(GraphValue boxes)
    {
        return Shaping.Concat(-1, Part(1), Part(0), Part(2), Part(3));

        GraphValue Part(int part) => _code.Of(boxes.Slice(1, part, part + 1));
    }

    /// <summary>The inverse of the sigmoid, between those of 0.001 and 0.999 (sam3.md 3.2).</summary>
    public static GraphValue Logit(GraphValue x)
    {
        GraphValue least = x.Graph.Scalar(Clamp, x.Type);
        return (x.Max(least) / ((x * -1) + 1).Max(least)).Log();
    }

    // The presence token is nowhere.
    private GraphValue Places(GraphScope scope, GraphValue boxes)
    {
        GraphValue places = MultilayerPerceptron.Apply(
            scope["ref_point_head"], Code(boxes), configuration.Width, configuration.Width);
        return Shaping.Concat(0, boxes.Graph.Floats(new float[configuration.Width], 1, configuration.Width), places);
    }
}
