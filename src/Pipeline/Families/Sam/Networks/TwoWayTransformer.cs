using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Blocks;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Families.Sam.Networks;

/// <summary>
/// The two-way transformer of SAM's mask decoder (sam.md 4.2): a handful of tokens and the image attend to each other.
/// </summary>
/// <remarks>
/// There are about 7 tokens and 4096 image cells, so everything is moved to the side of the tokens. Products are
/// associated the cheap way round: instead of projecting the image to keys, the query is carried back through the key
/// projection, <c>q·(W k) = (Wᵀ q)·k</c>, and likewise for values; the part of a logit that only depends on position is
/// projected once, when the graph is loaded. What is added to every cell — a bias, a norm's shift — is added to the
/// values instead, because attention weights sum to 1.
/// </remarks>
/// <param name="configuration">Sizes.</param>
internal sealed class TwoWayTransformer(SamConfiguration configuration)
{
    /// <summary>Added to variances.</summary>
    public const float Epsilon = 1e-5f;

    // Cross-attention runs at half the width.
    private int CrossWidth => configuration.Channels / 2;

    private int CrossHeadWidth => CrossWidth / configuration.DecoderHeads;

    private int Cells => configuration.GridSize * configuration.GridSize;

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
    /// <returns>Tokens <c>[B, T, C]</c> after the last norm, and the image cells.</returns>
    public (GraphValue Tokens, DecoderCells Cells) Attend(
        GraphScope scope, GraphValue prompts, DecoderImage image, GraphValue positions)
    {
        (GraphValue tokens, DecoderCells cells) = FirstBlock(scope["layers"]["0"], prompts, image);
        for (int layer = 1; layer < configuration.DecoderLayers; layer++)
            (tokens, cells) = Block(scope["layers"][layer], tokens, prompts, cells, positions);
        GraphValue last = Read(scope["final_attn_token_to_image"], tokens + prompts, cells, positions);
        return (scope["norm_final_attn"].LayerNorm(tokens + last, Epsilon), cells);
    }

    // The image is still the same for all prompts, and its projections are at hand.
    private (GraphValue Tokens, DecoderCells Cells) FirstBlock(GraphScope scope, GraphValue prompts, DecoderImage image)
    {
        using IDisposable naming = scope.Enter();
        // Neither positions nor a shortcut here: the prompts are their own positions.
        GraphValue tokens = scope["norm1"].LayerNorm(SelfAttend(scope["self_attn"], prompts, prompts), Epsilon);
        GraphValue read = ReadShared(scope["cross_attn_token_to_image"], tokens + prompts, image);
        tokens = Mlp(scope, scope["norm2"].LayerNorm(tokens + read, Epsilon));

        GraphScope toTokens = scope["cross_attn_image_to_token"];
        GraphValue weights = Weights(LogitsShared(toTokens, tokens + prompts, image.Query));
        GraphValue written = weights.TransposedMatMul(Written(toTokens, tokens, shift: null));
        return (tokens, Normalise(scope["norm4"], image.Tokens + written));
    }

    private (GraphValue Tokens, DecoderCells Cells) Block(
        GraphScope scope, GraphValue tokens, GraphValue prompts, DecoderCells cells, GraphValue positions)
    {
        using IDisposable naming = scope.Enter();
        tokens = scope["norm1"].LayerNorm(tokens + SelfAttend(scope["self_attn"], tokens + prompts, tokens), Epsilon);
        GraphValue read = Read(scope["cross_attn_token_to_image"], tokens + prompts, cells, positions);
        tokens = Mlp(scope, scope["norm2"].LayerNorm(tokens + read, Epsilon));

        GraphScope toTokens = scope["cross_attn_image_to_token"];
        GraphValue weights = Weights(Logits(toTokens, tokens + prompts, cells, positions));
        GraphValue written = weights.TransposedMatMul(Written(toTokens, tokens, cells.Shift));
        return (tokens, Normalise(scope["norm4"], (cells.Normal * cells.Scale) + written));
    }

    /// <summary>
    /// Tokens attend to themselves; <paramref name="placed"/> are <paramref name="tokens"/> with their positions.
    /// </summary>
    public GraphValue SelfAttend(GraphScope scope, GraphValue placed, GraphValue tokens)
    {
        using IDisposable naming = scope.Enter();
        int headWidth = configuration.Channels / configuration.DecoderHeads;
        GraphValue query = Heads(scope["q_proj"].Linear(placed, configuration.Channels));
        GraphValue key = Heads(scope["k_proj"].Linear(placed, configuration.Channels));
        GraphValue value = Heads(scope["v_proj"].Linear(tokens, configuration.Channels));
        GraphValue weights = query.MatMulTransposed(key, 1 / MathF.Sqrt(headWidth)).Softmax();
        return scope["out_proj"].Linear(Merge(weights.MatMul(value)), configuration.Channels);
    }

    /// <summary>The perceptron of a block, with its shortcut and norm.</summary>
    public GraphValue Mlp(GraphScope scope, GraphValue tokens)
    {
        GraphValue hidden = scope["mlp"]["lin1"].Linear(tokens, configuration.DecoderMlpWidth).Relu();
        return scope["norm3"].LayerNorm(tokens + scope["mlp"]["lin2"].Linear(hidden, configuration.Channels), Epsilon);
    }

    private static DecoderCells Normalise(GraphScope scope, GraphValue cells)
    {
        using IDisposable naming = scope.Enter();
        int channels = cells[-1].Value;
        GraphValue rows = cells.NormaliseRows(Epsilon);
        return new DecoderCells(
            rows, rows.ReshapeLike(cells), scope.Weight("weight", channels), scope.Weight("bias", channels));
    }

    // Tokens read from an image that all prompts share: prompts and tokens are one long list of queries.
    private GraphValue ReadShared(GraphScope scope, GraphValue placed, DecoderImage image)
    {
        using IDisposable naming = scope.Enter();
        GraphValue query = scope["q_proj"].Linear(placed, CrossWidth);
        GraphValue attended = query.Reshape(1, Dimension.Rest, CrossWidth)
            .FlashAttention(image.Key, image.Value, configuration.DecoderHeads, CrossScale)
            .ReshapeLike(query);
        return scope["out_proj"].Linear(attended, configuration.Channels);
    }

    private GraphValue Read(GraphScope scope, GraphValue placed, DecoderCells cells, GraphValue positions)
    {
        using IDisposable naming = scope.Enter();
        // The key's bias and the cells' shift add the same number to every logit of a row, and softmax does not see it.
        GraphValue query = Heads(scope["q_proj"].Linear(placed, CrossWidth)) * CrossScale;
        GraphValue logits = ContentLogits(query, scope["k_proj"], cells, out _) + PositionLogits(
            query, scope["k_proj"], positions, bias: null);
        GraphValue content = logits.Reshape(logits[0], Dimension.Rest, Cells).Softmax().MatMul(cells.Normal)
            .Reshape(logits[0], configuration.DecoderHeads, logits[2], configuration.Channels);
        GraphValue values = (content * cells.Scale) + cells.Shift;
        GraphValue attended = Merge(values.MatMulTransposed(HeadWeights(scope["v_proj"])));
        return scope["out_proj"].Linear(attended + scope["v_proj"].Weight("bias", CrossWidth), configuration.Channels);
    }

    // Logits [B, H, T, cells] of image→tokens attention, tokens before cells so that rows stay long.
    private GraphValue Logits(GraphScope scope, GraphValue placed, DecoderCells cells, GraphValue positions)
    {
        using IDisposable naming = scope.Enter();
        GraphValue key = Heads(scope["k_proj"].Linear(placed, CrossWidth)) * CrossScale;
        GraphValue content = ContentLogits(key, scope["q_proj"], cells, out GraphValue carried);
        GraphValue shift = carried.MatMul(cells.Shift.Reshape(configuration.Channels, 1))
            .Reshape(key[0], configuration.DecoderHeads, key[2], 1);
        return content
            + (PositionLogits(key, scope["q_proj"], positions, scope["q_proj"].Weight("bias", CrossWidth)) + shift);
    }

    private GraphValue LogitsShared(GraphScope scope, GraphValue placed, GraphValue query)
    {
        using IDisposable naming = scope.Enter();
        GraphValue key = Heads(scope["k_proj"].Linear(placed, CrossWidth)) * CrossScale;
        return key.MatMul(query.Reshape(Cells, configuration.DecoderHeads, CrossHeadWidth).Transpose(1, 2, 0));
    }

    // (Wᵀ token) · cell, with the cells' scale on the token's side.
    private GraphValue ContentLogits(
        GraphValue tokens, GraphScope projection, DecoderCells cells, out GraphValue carried)
    {
        carried = tokens.MatMul(HeadWeights(projection)).Reshape(tokens[0], Dimension.Rest, configuration.Channels);
        return (carried * cells.Scale).MatMulTransposed(cells.Normal)
            .Reshape(tokens[0], configuration.DecoderHeads, tokens[2], Cells);
    }

    private GraphValue PositionLogits(GraphValue tokens, GraphScope projection, GraphValue positions, GraphValue? bias)
    {
        GraphValue placed = positions.Gemm(projection.Weight("weight", CrossWidth, configuration.Channels), bias)
            .Reshape(Cells, configuration.DecoderHeads, CrossHeadWidth)
            .Transpose(1, 2, 0);
        return tokens.MatMul(placed);
    }

    // Softmax over the few tokens of a head: [B, H, T, cells] → [B, H·T, cells].
    private GraphValue Weights(GraphValue logits)
    {
        GraphValue powers = (logits - logits.ReduceMax(2)).Exp();
        return (powers / powers.ReduceSum(2)).Reshape(logits[0], Dimension.Rest, Cells);
    }

    // The values of image→tokens attention, carried through the output projection before they spread over the cells.
    // Each head's weights sum to 1, so the bias and the cells' shift ride along in equal shares.
    private GraphValue Written(GraphScope scope, GraphValue tokens, GraphValue? shift)
    {
        using IDisposable naming = scope.Enter();
        GraphValue value = Heads(scope["v_proj"].Linear(tokens, CrossWidth));
        GraphValue output = scope["out_proj"].Weight("weight", configuration.Channels, CrossWidth)
            .Reshape(configuration.Channels, configuration.DecoderHeads, CrossHeadWidth)
            .Transpose(1, 2, 0);
        GraphValue bias = scope["out_proj"].Weight("bias", configuration.Channels);
        GraphValue everywhere = (shift is null ? bias : bias + shift) * (1f / configuration.DecoderHeads);
        return (value.MatMul(output) + everywhere).Reshape(value[0], Dimension.Rest, configuration.Channels);
    }

    /// <summary><c>[B, T, H·d]</c> → <c>[B, H, T, d]</c>.</summary>
    public GraphValue Heads(GraphValue x) =>
        x.Reshape(x[0], x[1], configuration.DecoderHeads, x[2].Value / configuration.DecoderHeads)
            .Transpose(0, 2, 1, 3);

    /// <summary><c>[B, H, T, d]</c> → <c>[B, T, H·d]</c>.</summary>
    public static GraphValue Merge(GraphValue x)
    {
        GraphValue rows = x.Transpose(0, 2, 1, 3);
        return rows.Reshape(rows[0], rows[1], rows[2].Value * rows[3].Value);
    }

    /// <summary>A projection <c>[H·d, C]</c> as one matrix a head, <c>[H, d, C]</c>.</summary>
    public GraphValue HeadWeights(GraphScope projection) =>
        projection.Weight("weight", CrossWidth, configuration.Channels)
            .Reshape(configuration.DecoderHeads, CrossHeadWidth, configuration.Channels);
}
