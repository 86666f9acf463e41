using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Families.Sam.Networks;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Blocks;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Families.Sam.Cells;

/// <summary>The two-way transformer's steps on tokens (sam.md 4.2). H heads of width d, T tokens, P = H·T.</summary>
/// <param name="configuration">Sizes.</param>
internal sealed class TokenBlocks(SamConfiguration configuration)
{
    /// <summary>Added to variances in the transformer.</summary>
    public const float Epsilon = TwoWayTransformer.Epsilon;

    private readonly TwoWayTransformer _transformer = new(configuration);

    private int CrossWidth => configuration.Channels / 2;

    private int HeadWidth => CrossWidth / configuration.DecoderHeads;

    private float Scale => 1 / MathF.Sqrt(HeadWidth);

    /// <summary>
    /// Tokens attend to themselves in the first block, which knows neither positions nor a shortcut there.
    /// </summary>
    public GraphValue AttendFirst(GraphScope block, GraphValue prompts)
    {
        using IDisposable naming = block.Enter();
        return block["norm1"].LayerNorm(_transformer.SelfAttend(block["self_attn"], prompts, prompts), Epsilon);
    }

    /// <summary>Tokens attend to themselves in a later block.</summary>
    public GraphValue AttendNext(GraphScope block, GraphValue tokens, GraphValue prompts)
    {
        using IDisposable naming = block.Enter();
        return block["norm1"].LayerNorm(
            tokens + _transformer.SelfAttend(block["self_attn"], tokens + prompts, tokens), Epsilon);
    }

    /// <summary>The perceptron of a block, with its shortcut and norm.</summary>
    public GraphValue Perceive(GraphScope block, GraphValue tokens) => _transformer.Mlp(block, tokens);

    /// <summary>Queries of tokens, <c>[B, H, T, d]</c>, times the scale of logits.</summary>
    public GraphValue Query(GraphScope attention, GraphValue placed) =>
        _transformer.Heads(attention["q_proj"].Linear(placed, CrossWidth)) * Scale;

    /// <summary>Keys of tokens, <c>[B, H, T, d]</c>, times the scale of logits.</summary>
    public GraphValue Key(GraphScope attention, GraphValue placed) =>
        _transformer.Heads(attention["k_proj"].Linear(placed, CrossWidth)) * Scale;

    /// <summary>Values of tokens, <c>[B, H, T, d]</c>.</summary>
    public GraphValue Value(GraphScope attention, GraphValue tokens) =>
        _transformer.Heads(attention["v_proj"].Linear(tokens, CrossWidth));

    /// <summary>Queries or keys carried back through the projection of cells: <c>[B, P, C]</c>.</summary>
    public GraphValue Carry(GraphValue rows, GraphScope projection) =>
        rows.MatMul(_transformer.HeadWeights(projection)).Reshape(rows[0], Dimension.Rest, configuration.Channels);

    /// <summary>
    /// What a cell becomes more by each head and token it reads, <c>[B, P, C]</c>: weights of a head sum to 1, so the
    /// bias and <paramref name="shift"/> ride along in equal shares.
    /// </summary>
    public GraphValue Written(GraphScope attention, GraphValue value, GraphValue? shift)
    {
        GraphValue output = attention["out_proj"].Weight("weight", configuration.Channels, CrossWidth)
            .Reshape(configuration.Channels, configuration.DecoderHeads, HeadWidth)
            .Transpose(1, 2, 0);
        GraphValue bias = attention["out_proj"].Weight("bias", configuration.Channels);
        GraphValue everywhere = (shift is null ? bias : bias + shift) * (1f / configuration.DecoderHeads);
        return (value.MatMul(output) + everywhere).Reshape(value[0], Dimension.Rest, configuration.Channels);
    }

    /// <summary>The part of the values that tokens read which stems from what was written to the cells.</summary>
    /// <param name="attention">The read.</param>
    /// <param name="summed"><c>[B, H, T, P]</c>: weights of cells times what they had read.</param>
    /// <param name="spread"><c>[B, P, C]</c>: what that added to a cell.</param>
    /// <param name="shift"><c>[C]</c>: what the norm added to every cell.</param>
    /// <returns><c>[B, H, T, d]</c>.</returns>
    public GraphValue Mixed(GraphScope attention, GraphValue summed, GraphValue spread, GraphValue shift)
    {
        GraphValue weight = attention["v_proj"].Weight("weight", CrossWidth, configuration.Channels);
        GraphValue values = spread.Project(weight, bias: null);
        GraphValue heads = values.Reshape(values[0], values[1], configuration.DecoderHeads, HeadWidth)
            .Transpose(0, 2, 1, 3);
        GraphValue everywhere = shift.Reshape(1, configuration.Channels)
            .Gemm(weight, attention["v_proj"].Weight("bias", CrossWidth));
        return summed.MatMul(heads) + everywhere.Reshape(1, configuration.DecoderHeads, 1, HeadWidth);
    }

    /// <summary>What tokens read, through the output projection: <c>[B, T, C]</c>.</summary>
    public GraphValue Read(GraphScope attention, GraphValue attended) =>
        attention["out_proj"].Linear(TwoWayTransformer.Merge(attended), configuration.Channels);
}
