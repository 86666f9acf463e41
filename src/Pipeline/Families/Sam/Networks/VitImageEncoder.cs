using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Blocks;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Families.Sam.Networks;

/// <summary>
/// SAM's plain ViT (sam.md 2.1): patches, blocks that attend in windows and now and then globally, neck. Tokens are
/// rows <c>[grid², D]</c> throughout.
/// </summary>
/// <param name="configuration">Sizes of the whole model.</param>
/// <param name="encoder">Sizes of the encoder.</param>
internal sealed class VitImageEncoder(SamConfiguration configuration, VitEncoderConfiguration encoder)
{
    private const float Epsilon = 1e-6f;

    private readonly WindowPartition _windows = new(configuration.GridSize, encoder.WindowSize);
    private readonly WindowPartition _wholeMap = new(configuration.GridSize, configuration.GridSize);

    private int Tokens => configuration.GridSize * configuration.GridSize;

    /// <summary>Patch embedding plus positions.</summary>
    /// <param name="scope">At <c>image_encoder</c>.</param>
    /// <param name="image"><c>[1, 3, S, S]</c>, preprocessed.</param>
    /// <returns><c>[grid², D]</c>.</returns>
    public GraphValue EmbedPatches(GraphScope scope, GraphValue image)
    {
        GraphValue map = scope["patch_embed"]["proj"].Conv(
            image, encoder.Width, kernel: configuration.PatchSize, stride: configuration.PatchSize);
        GraphValue tokens = map.Reshape(encoder.Width, Tokens).Transpose(1, 0);
        GraphValue positions = scope.Weight(
            "pos_embed", 1, configuration.GridSize, configuration.GridSize, encoder.Width);
        return tokens + positions.Reshape(Tokens, encoder.Width);
    }

    /// <summary>One block: <c>x + Attention(LN(x))</c>, then <c>x + MLP(LN(x))</c>.</summary>
    /// <param name="scope">At <c>image_encoder</c>.</param>
    /// <param name="tokens"><c>[grid², D]</c>.</param>
    /// <param name="index">Number of the block.</param>
    public GraphValue Block(GraphScope scope, GraphValue tokens, int index)
    {
        AttentionQuery query = Query(scope, tokens, index);
        using IDisposable naming = scope["blocks"][index]["attn"].Enter();
        return Finish(scope, tokens, Attend(query, Windows(index)), index);
    }

    /// <summary>What the attention of a block works with.</summary>
    /// <param name="scope">At <c>image_encoder</c>.</param>
    /// <param name="tokens"><c>[grid², D]</c>, as they enter the block.</param>
    /// <param name="index">Number of the block.</param>
    public AttentionQuery Query(GraphScope scope, GraphValue tokens, int index)
    {
        GraphScope block = scope["blocks"][index];
        using IDisposable naming = block["attn"].Enter();
        return Query(block["attn"], block["norm1"].LayerNorm(tokens, Epsilon), Windows(index));
    }

    /// <summary>The rest of a block.</summary>
    /// <param name="scope">At <c>image_encoder</c>.</param>
    /// <param name="tokens"><c>[grid², D]</c>, as they entered the block.</param>
    /// <param name="attended"><c>[grid², D]</c>: weighted sums of values.</param>
    /// <param name="index">Number of the block.</param>
    public GraphValue Finish(GraphScope scope, GraphValue tokens, GraphValue attended, int index)
    {
        GraphScope block = scope["blocks"][index];
        using IDisposable naming = block.Enter();
        return Strips.InStrips(Strips.CountFor(Tokens), [tokens, attended], rows =>
        {
            GraphValue added = rows[0] + block["attn"]["proj"].Linear(rows[1], encoder.Width);
            return added + Perceptron(block, added);
        });
    }

    private GraphValue Perceptron(GraphScope block, GraphValue rows)
    {
        GraphValue hidden = block["mlp"]["lin1"].Linear(
            block["norm2"].LayerNorm(rows, Epsilon), encoder.Width * encoder.MlpRatio).Gelu();
        return block["mlp"]["lin2"].Linear(hidden, encoder.Width);
    }

    // Padded places have q, k and v equal to the bias (sam.md 2.1). One row of zeros after the last token gives just
    // that, and the projections need not run on the padded map.
    private AttentionQuery Query(GraphScope scope, GraphValue tokens, WindowPartition windows)
    {
        GraphValue rows = windows.IsPadded ? tokens.PadEnd(1, 0) : tokens;
        GraphValue weight = scope["qkv"].Weight("weight", 3 * encoder.Width, encoder.Width);
        GraphValue bias = scope["qkv"].Weight("bias", 3 * encoder.Width);
        GraphValue[] projected = new GraphValue[3];
        for (int part = 0; part < projected.Length; part++)
        {
            int start = part * encoder.Width, end = start + encoder.Width;
            projected[part] = ToWindows(rows.Gemm(weight.Slice(0, start, end), bias.Slice(0, start, end)), windows);
        }

        return encoder.HasRelativePositions
            ? Positioned(scope, projected, windows)
            : new AttentionQuery(projected[0], projected[1], projected[2], null, null);
    }

    // What the rows and columns of the keys add to the logits.
    private AttentionQuery Positioned(GraphScope scope, GraphValue[] projected, WindowPartition windows)
    {
        int side = windows.WindowSize, heads = encoder.Heads, width = encoder.HeadWidth;
        GraphValue rows = projected[0].Reshape(windows.Count, side, side * heads, width)
            .MatMul(PositionTable(scope, "rel_pos_h", side))
            .Reshape(windows.Count, side * side, heads, side);
        GraphValue columns = projected[0].Reshape(windows.Count, side, side, heads, width)
            .MatMul(PositionTable(scope, "rel_pos_w", side))
            .Reshape(windows.Count, side * side, heads, side);
        return new AttentionQuery(projected[0], projected[1], projected[2], rows, columns);
    }

    private GraphValue Attend(AttentionQuery query, WindowPartition windows)
    {
        GraphValue attended = query.Rows is GraphValue rows && query.Columns is GraphValue columns
            ? AttendWithPositions(query, rows, columns, windows)
            : query.Query.FlashAttention(query.Key, query.Value, encoder.Heads, Scale);
        return FromWindows(attended, windows);
    }

    private WindowPartition Windows(int index) => encoder.GlobalBlocks.Contains(index) ? _wholeMap : _windows;

    private float Scale => 1 / MathF.Sqrt(encoder.HeadWidth);

    /// <summary>
    /// Decomposed relative positions as part of the inner product: with <c>q' = [q | q·Rh | q·Rw]</c> and
    /// <c>k' = [k | onehot(y) | onehot(x)]</c>, <c>q'·k'</c> is the biased logit, and no bias matrix is ever held.
    /// </summary>
    private GraphValue AttendWithPositions(
        AttentionQuery query, GraphValue rows, GraphValue columns, WindowPartition windows)
    {
        int places = windows.WindowSize * windows.WindowSize, heads = encoder.Heads, width = encoder.HeadWidth;
        int extended = width + (2 * windows.WindowSize);
        GraphValue longQuery = Shaping.Concat(
            -1, query.Query.Reshape(windows.Count, places, heads, width), rows, columns);
        GraphValue longKey = Shaping.Concat(
            -1, query.Key.Reshape(windows.Count, places, heads, width), Places(query.Key.Graph, windows));
        return longQuery.Reshape(windows.Count, places, heads * extended).FlashAttention(
            longKey.Reshape(windows.Count, places, heads * extended), query.Value, heads, Scale);
    }

    // R[y] as [S, d, S'] with R[y, y'] = table[y − y' + S − 1]. The logit takes the unscaled query, so the table is
    // divided by the scale that attention will apply.
    private GraphValue PositionTable(GraphScope scope, string name, int side)
    {
        GraphValue table = scope.Weight(name, (2 * side) - 1, encoder.HeadWidth);
        var offsets = new long[side * side];
        for (int i = 0; i < offsets.Length; i++)
            offsets[i] = (i / side) - (i % side) + side - 1;
        return (table.Gather(table.Graph.Integers(offsets)).Reshape(side, side, encoder.HeadWidth) * (1 / Scale))
            .Transpose(0, 2, 1);
    }

    private GraphValue Places(GraphBuilder graph, WindowPartition windows)
    {
        int side = windows.WindowSize;
        var oneHot = new float[side * side * 2 * side];
        for (int place = 0; place < side * side; place++)
        {
            oneHot[(place * 2 * side) + (place / side)] = 1;
            oneHot[(place * 2 * side) + side + (place % side)] = 1;
        }

        return graph.Floats(oneHot, 1, side * side, 1, 2 * side)
            .Expand(windows.Count, side * side, encoder.Heads, 2 * side);
    }

    private GraphValue ToWindows(GraphValue rows, WindowPartition windows)
    {
        GraphValue ordered = windows.Count == 1 ? rows : rows.Gather(rows.Graph.Integers(windows.TokenOfPlace));
        return ordered.Reshape(windows.Count, windows.WindowSize * windows.WindowSize, encoder.Width);
    }

    private GraphValue FromWindows(GraphValue attended, WindowPartition windows)
    {
        GraphValue rows = attended.Reshape(Dimension.Rest, encoder.Width);
        return windows.Count == 1 ? rows : rows.Gather(rows.Graph.Integers(windows.PlaceOfToken));
    }
}
