using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Blocks;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Families.Clip.Networks;

/// <summary>
/// The blocks both towers of CLIP are made of: <c>x += Attention(LN(x))</c>, <c>x += MLP(LN(x))</c>.
/// </summary>
/// <param name="width">Length of a token's vector, D.</param>
/// <param name="heads">Heads of each attention.</param>
/// <param name="activation">Non-linearity of the MLP.</param>
/// <param name="isCausal">Whether a token sees only itself and those before it.</param>
internal sealed class ClipTransformer(int width, int heads, ClipActivation activation, bool isCausal)
{
    /// <summary>Added to the variance in every layer norm.</summary>
    public const float Epsilon = 1e-5f;

    private const int MlpRatio = 4;

    /// <summary>One block.</summary>
    /// <param name="block">At <c>resblocks.i</c>.</param>
    /// <param name="tokens"><c>[B, L, D]</c>.</param>
    public GraphValue Block(GraphScope block, GraphValue tokens)
    {
        using IDisposable naming = block.Enter();
        (GraphValue query, GraphValue key, GraphValue value) = Project(
            block["attn"], block["ln_1"].LayerNorm(tokens, Epsilon));
        GraphValue attended = query.FlashAttention(key, value, heads, Scale, isCausal);
        return Feed(block, tokens + block["attn"]["out_proj"].Linear(attended, width));
    }

    /// <summary>
    /// What a block makes of the first token alone; all tokens are seen, but none of the others is computed.
    /// </summary>
    /// <param name="block">At <c>resblocks.i</c>.</param>
    /// <param name="tokens"><c>[B, L, D]</c>.</param>
    /// <returns><c>[B, 1, D]</c>.</returns>
    public GraphValue FirstToken(GraphScope block, GraphValue tokens)
    {
        using IDisposable naming = block.Enter();
        GraphScope attention = block["attn"];
        GraphValue normed = block["ln_1"].LayerNorm(tokens, Epsilon);
        GraphValue attended = Part(attention, normed.Slice(1, 0, 1), 0)
            .FlashAttention(Part(attention, normed, 1), Part(attention, normed, 2), heads, Scale);
        return Feed(block, tokens.Slice(1, 0, 1) + attention["out_proj"].Linear(attended, width));
    }

    /// <summary>One block that also says who looked at whom.</summary>
    /// <param name="block">At <c>resblocks.i</c>.</param>
    /// <param name="tokens"><c>[1, L, D]</c>.</param>
    /// <returns>The tokens after the block, and the attention averaged over heads, <c>[L, L]</c>.</returns>
    public (GraphValue Tokens, GraphValue Attention) BlockWithAttention(GraphScope block, GraphValue tokens)
    {
        using IDisposable naming = block.Enter();
        GraphValue normed = block["ln_1"].LayerNorm(tokens, Epsilon);
        ClipAttention parts = Attend(block["attn"], normed, normed);
        return (Feed(block, tokens + Output(block["attn"], parts)), parts.Probabilities.ReduceMean(0, keep: false));
    }

    /// <summary>Attention with everything inside it at hand.</summary>
    /// <param name="attention">At <c>attn</c>.</param>
    /// <param name="asking"><c>[1, Q, D]</c>: the normed tokens that look.</param>
    /// <param name="seen"><c>[1, L, D]</c>: the normed tokens looked at.</param>
    public ClipAttention Attend(GraphScope attention, GraphValue asking, GraphValue seen)
    {
        GraphValue query = ToHeads(Part(attention, asking, 0)), key = ToHeads(Part(attention, seen, 1));
        GraphValue value = ToHeads(Part(attention, seen, 2));
        GraphValue probabilities = query.MatMulTransposed(key, Scale).Softmax();
        return new ClipAttention(query, key, value, probabilities, probabilities.MatMul(value));
    }

    /// <summary>The end of attention: heads side by side, through the output projection; <c>[1, Q, D]</c>.</summary>
    public GraphValue Output(GraphScope attention, ClipAttention parts) => attention["out_proj"].Linear(
        parts.Context.Transpose(1, 0, 2).Reshape(1, Dimension.Rest, width), width);

    /// <summary>The second half of a block.</summary>
    /// <param name="block">At <c>resblocks.i</c>.</param>
    /// <param name="attended"><c>[…, D]</c>, after the attention's residual.</param>
    public GraphValue Feed(GraphScope block, GraphValue attended)
    {
        GraphValue hidden = Activate(
            block["mlp"]["c_fc"].Linear(block["ln_2"].LayerNorm(attended, Epsilon), width * MlpRatio));
        return attended + block["mlp"]["c_proj"].Linear(hidden, width);
    }

    /// <summary>Factor of the attention's logits.</summary>
    public float Scale => 1 / MathF.Sqrt(width / heads);

    /// <summary>Queries, keys and values, each <c>[…, D]</c>.</summary>
    /// <param name="attention">At <c>attn</c>; the three matrices lie there as one (OpenAI) or apart (Hugging
    /// Face).</param>
    /// <param name="normed"><c>[…, D]</c>.</param>
    public (GraphValue Query, GraphValue Key, GraphValue Value) Project(GraphScope attention, GraphValue normed)
    {
        using IDisposable naming = attention.Enter();
        return (Part(attention, normed, 0), Part(attention, normed, 1), Part(attention, normed, 2));
    }

    /// <summary>The matrix [D, D] of queries (0), keys (1) or values (2).</summary>
    public GraphValue Matrix(GraphScope attention, int part) => IsApart(attention)
        ? attention[Name(part)].Weight("weight", width, width)
        : attention.Weight("in_proj_weight", 3 * width, width).Slice(0, part * width, (part + 1) * width);

    private GraphValue Part(GraphScope attention, GraphValue normed, int part)
    {
        GraphValue bias = IsApart(attention)
            ? attention[Name(part)].Weight("bias", width)
            : attention.Weight("in_proj_bias", 3 * width).Slice(0, part * width, (part + 1) * width);
        return normed.Project(Matrix(attention, part), bias);
    }

    private static bool IsApart(GraphScope attention) => attention["q_proj"].Has("weight");

    private static string Name(int part) => part switch { 0 => "q_proj", 1 => "k_proj", _ => "v_proj" };

    // [1, N, D] to [heads, N, D/heads].
    private GraphValue ToHeads(GraphValue rows) =>
        rows.Reshape(Dimension.Rest, heads, width / heads).Transpose(1, 0, 2);

    private GraphValue Activate(GraphValue x) => activation is ClipActivation.QuickGelu ? x.QuickGelu() : x.Gelu();
}
