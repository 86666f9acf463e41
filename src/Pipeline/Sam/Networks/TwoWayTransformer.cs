using FrozenSeg.Pipeline.Graphs;
using FrozenSeg.Pipeline.Graphs.Blocks;
using FrozenSeg.Pipeline.Graphs.Operators;

namespace FrozenSeg.Pipeline.Sam.Networks;

/// <summary>
/// The two-way transformer of SAM's mask decoder (sam.md 4.2): a handful of tokens and the image attend to each other.
/// </summary>
/// <remarks>
/// There are about 7 tokens and 4096 image cells, so the products are associated the cheap way round: instead of
/// projecting the image to keys, the query is carried back through the key projection, <c>q·(W k) = (Wᵀ q)·k</c>, and
/// likewise for values. That halves the work; the part of a logit that only depends on position is projected once, when
/// the graph is loaded.
/// </remarks>
/// <param name="model">Sizes.</param>
internal sealed class TwoWayTransformer(SamConfiguration model)
{
    private const float Epsilon = 1e-5f;

    // Cross-attention runs at half the width.
    private int CrossWidth => model.Channels / 2;

    private int CrossHeadWidth => CrossWidth / model.DecoderHeads;

    private int Cells => model.GridSize * model.GridSize;

    private float CrossScale => 1 / MathF.Sqrt(CrossHeadWidth);

    /// <summary>The prompt-independent part of the decoder.</summary>
    /// <param name="scope">At <c>mask_decoder.transformer</c>.</param>
    /// <param name="image"><c>[grid², C]</c>: embedding plus dense prompt.</param>
    /// <param name="positions"><c>[grid², C]</c>.</param>
    public DecoderImage Prepare(GraphScope scope, GraphValue image, GraphValue positions)
    {
        GraphScope block = scope["layers"]["0"];
        using IDisposable naming = block.Enter();
        GraphScope toImage = block["cross_attn_token_to_image"], toTokens = block["cross_attn_image_to_token"];
        GraphValue placed = image + positions;
        return new DecoderImage(
            image,
            toImage["k_proj"].Linear(placed, CrossWidth).Unsqueeze(0),
            toImage["v_proj"].Linear(image, CrossWidth).Unsqueeze(0),
            toTokens["q_proj"].Linear(placed, CrossWidth));
    }

    /// <summary>Runs all blocks and the final attention.</summary>
    /// <param name="scope">At <c>mask_decoder.transformer</c>.</param>
    /// <param name="prompts"><c>[B, T, C]</c>; also their own positions.</param>
    /// <param name="image">The prepared picture.</param>
    /// <param name="positions"><c>[grid², C]</c>.</param>
    /// <returns>Tokens <c>[B, T, C]</c> after the last norm, and image cells <c>[B, grid², C]</c>.</returns>
    public (GraphValue Tokens, GraphValue Cells) Attend(
        GraphScope scope, GraphValue prompts, DecoderImage image, GraphValue positions)
    {
        GraphValue tokens = prompts, cells = image.Tokens;
        for (int layer = 0; layer < model.DecoderLayers; layer++)
        {
            GraphScope block = scope["layers"][layer];
            using IDisposable naming = block.Enter();
            tokens = block["norm1"].LayerNorm(SelfAttend(block["self_attn"], tokens, prompts, isFirst: layer == 0), Epsilon);
            GraphScope toImage = block["cross_attn_token_to_image"], toTokens = block["cross_attn_image_to_token"];
            GraphValue read = layer == 0
                ? ReadShared(toImage, tokens + prompts, image)
                : Read(toImage, tokens + prompts, cells, positions);
            tokens = block["norm2"].LayerNorm(tokens + read, Epsilon);
            tokens = block["norm3"].LayerNorm(tokens + Mlp(block["mlp"], tokens), Epsilon);

            GraphValue logits = layer == 0
                ? LogitsShared(toTokens, tokens + prompts, image.Query)
                : Logits(toTokens, tokens + prompts, cells, positions);
            cells = block["norm4"].LayerNorm(cells + Write(toTokens, tokens, logits), Epsilon);
        }

        GraphValue last = Read(scope["final_attn_token_to_image"], tokens + prompts, cells, positions);
        return (scope["norm_final_attn"].LayerNorm(tokens + last, Epsilon), cells);
    }

    // The first block has neither positions nor a shortcut here.
    private GraphValue SelfAttend(GraphScope scope, GraphValue tokens, GraphValue prompts, bool isFirst)
    {
        using IDisposable naming = scope.Enter();
        GraphValue placed = isFirst ? tokens : tokens + prompts;
        int headWidth = model.Channels / model.DecoderHeads;
        GraphValue query = Heads(scope["q_proj"].Linear(placed, model.Channels));
        GraphValue key = Heads(scope["k_proj"].Linear(placed, model.Channels));
        GraphValue value = Heads(scope["v_proj"].Linear(tokens, model.Channels));
        GraphValue weights = query.MatMulTransposed(key, 1 / MathF.Sqrt(headWidth)).Softmax();
        GraphValue attended = scope["out_proj"].Linear(Merge(weights.MatMul(value)), model.Channels);
        return isFirst ? attended : tokens + attended;
    }

    private GraphValue Mlp(GraphScope scope, GraphValue tokens)
    {
        GraphValue hidden = scope["lin1"].Linear(tokens, model.DecoderMlpWidth).Relu();
        return scope["lin2"].Linear(hidden, model.Channels);
    }

    // Tokens read from an image that all prompts share: prompts and tokens are one long list of queries.
    private GraphValue ReadShared(GraphScope scope, GraphValue placed, DecoderImage image)
    {
        using IDisposable naming = scope.Enter();
        GraphValue query = scope["q_proj"].Linear(placed, CrossWidth);
        GraphValue attended = query.Reshape(1, Dimension.Rest, CrossWidth)
            .FlashAttention(image.Key, image.Value, model.DecoderHeads, CrossScale)
            .ReshapeLike(query);
        return scope["out_proj"].Linear(attended, model.Channels);
    }

    // softmax((Wqᵀ…q)·cells + q·position key) · cells, then through the value projection.
    private GraphValue Read(GraphScope scope, GraphValue placed, GraphValue cells, GraphValue positions)
    {
        using IDisposable naming = scope.Enter();
        // The key's bias adds the same number to every logit of a row, and softmax does not see it.
        GraphValue logits = Logits(
            Heads(scope["q_proj"].Linear(placed, CrossWidth)), scope["k_proj"], cells, positions, withBias: false);
        GraphValue content = logits.Reshape(logits[0], Dimension.Rest, Cells).Softmax().MatMul(cells)
            .Reshape(logits[0], model.DecoderHeads, logits[2], model.Channels);
        GraphValue value = HeadWeights(scope["v_proj"], CrossWidth, model.Channels);
        GraphValue attended = Merge(content.MatMulTransposed(value)) + scope["v_proj"].Weight("bias", CrossWidth);
        return scope["out_proj"].Linear(attended, model.Channels);
    }

    // Logits [B, H, T, cells] of image→tokens attention, tokens before cells so that rows stay long.
    private GraphValue Logits(GraphScope scope, GraphValue placed, GraphValue cells, GraphValue positions)
    {
        using IDisposable naming = scope.Enter();
        return Logits(Heads(scope["k_proj"].Linear(placed, CrossWidth)), scope["q_proj"], cells, positions, withBias: true);
    }

    private GraphValue LogitsShared(GraphScope scope, GraphValue placed, GraphValue query)
    {
        using IDisposable naming = scope.Enter();
        GraphValue key = Heads(scope["k_proj"].Linear(placed, CrossWidth)) * CrossScale;
        return key.MatMul(query.Reshape(Cells, model.DecoderHeads, CrossHeadWidth).Transpose(1, 2, 0));
    }

    private GraphValue Logits(
        GraphValue tokens, GraphScope projection, GraphValue cells, GraphValue positions, bool withBias)
    {
        GraphValue scaled = tokens * CrossScale;
        GraphValue weight = projection.Weight("weight", CrossWidth, model.Channels);
        GraphValue carried = scaled.MatMul(HeadWeights(projection, CrossWidth, model.Channels))
            .Reshape(scaled[0], Dimension.Rest, model.Channels);
        GraphValue content = carried.MatMulTransposed(cells)
            .Reshape(scaled[0], model.DecoderHeads, scaled[2], Cells);
        GraphValue placed = positions.Gemm(weight, withBias ? projection.Weight("bias", CrossWidth) : null)
            .Reshape(Cells, model.DecoderHeads, CrossHeadWidth)
            .Transpose(1, 2, 0);
        return content + scaled.MatMul(placed);
    }

    // Softmax over the few tokens, then the values, carried through the output projection before they spread over cells.
    private GraphValue Write(GraphScope scope, GraphValue tokens, GraphValue logits)
    {
        using IDisposable naming = scope.Enter();
        GraphValue value = Heads(scope["v_proj"].Linear(tokens, CrossWidth));
        GraphValue output = scope["out_proj"].Weight("weight", model.Channels, CrossWidth)
            .Reshape(model.Channels, model.DecoderHeads, CrossHeadWidth)
            .Transpose(1, 2, 0);
        GraphValue written = value.MatMul(output).Reshape(value[0], Dimension.Rest, model.Channels);

        GraphValue powers = (logits - logits.ReduceMax(2)).Exp();
        GraphValue weights = (powers / powers.ReduceSum(2)).Reshape(logits[0], Dimension.Rest, Cells);
        return weights.TransposedMatMul(written) + scope["out_proj"].Weight("bias", model.Channels);
    }

    // [B, T, H·d] → [B, H, T, d]
    private GraphValue Heads(GraphValue x) =>
        x.Reshape(x[0], x[1], model.DecoderHeads, x[2].Value / model.DecoderHeads).Transpose(0, 2, 1, 3);

    // [B, H, T, d] → [B, T, H·d]
    private static GraphValue Merge(GraphValue x)
    {
        GraphValue rows = x.Transpose(0, 2, 1, 3);
        return rows.Reshape(rows[0], rows[1], rows[2].Value * rows[3].Value);
    }

    // A projection [H·d, C] as one matrix a head, [H, d, C].
    private GraphValue HeadWeights(GraphScope projection, int width, int channels) =>
        projection.Weight("weight", width, channels)
            .Reshape(model.DecoderHeads, width / model.DecoderHeads, channels);
}
