using FrozenSeg.Pipeline.Families.Sam.Networks;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Blocks;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Families.Sam3.Networks;

/// <summary>
/// The vision backbone: a plain transformer with rotary positions, whose blocks attend in windows but for a
/// few that see the whole map. Tokens are rows <c>[G², D]</c> throughout (sam3.md 1.2).
/// </summary>
/// <param name="configuration">Sizes.</param>
internal sealed class Sam3VisionEncoder(Sam3Configuration configuration)
{
    private const float Epsilon = Sam3Layers.Epsilon;

    private readonly WindowPartition _windows = new(configuration.Grid, configuration.Window);
    private readonly WindowPartition _wholeMap = new(configuration.Grid, configuration.Grid);

    private int HeadWidth => configuration.VisionWidth / configuration.VisionHeads;

    /// <summary>All of it.</summary>
    /// <param name="trunk">At <c>backbone.vision_backbone.trunk</c>.</param>
    /// <param name="image"><c>[1, 3, S, S]</c>, in −1..1.</param>
    /// <returns><c>[G², D]</c>.</returns>
    public GraphValue Apply(GraphScope trunk, GraphValue image)
    {
        GraphValue tokens = Embed(trunk, image);
        for (int block = 0; block < configuration.VisionDepth; block++)
            tokens = Block(trunk, tokens, block);
        return tokens;
    }

    /// <summary>Patches with their positions, normed.</summary>
    /// <param name="trunk">At <c>backbone.vision_backbone.trunk</c>.</param>
    /// <param name="image"><c>[1, 3, S, S]</c>, in −1..1.</param>
    public GraphValue Embed(GraphScope trunk, GraphValue image) =>
        trunk["ln_pre"].LayerNorm(Patches(trunk, image) + Positions(trunk), Epsilon);

    /// <summary>The patches alone.</summary>
    /// <param name="trunk">At <c>backbone.vision_backbone.trunk</c>.</param>
    /// <param name="image"><c>[1, 3, S, S]</c>, in −1..1.</param>
    public GraphValue Patches(GraphScope trunk, GraphValue image) => trunk["patch_embed"]["proj"]
        .Conv(image, configuration.VisionWidth, configuration.PatchSize, configuration.PatchSize, bias: false)
        .Reshape(configuration.VisionWidth, configuration.Grid * configuration.Grid).Transpose(1, 0);

    /// <summary>One block: <c>x + Attention(LN(x))</c>, then <c>x + MLP(LN(x))</c>.</summary>
    /// <param name="trunk">At <c>backbone.vision_backbone.trunk</c>.</param>
    /// <param name="tokens"><c>[G², D]</c>.</param>
    /// <param name="index">Number of the block.</param>
    public GraphValue Block(GraphScope trunk, GraphValue tokens, int index)
    {
        GraphScope block = trunk["blocks"][index];
        using IDisposable naming = block.Enter();
        bool isGlobal = configuration.GlobalBlocks.Contains(index);
        GraphValue attended = Attend(
            block["attn"], block["norm1"].LayerNorm(tokens, Epsilon), isGlobal ? _wholeMap : _windows);
        return Strips.InStrips(Strips.CountFor(configuration.Grid * configuration.Grid), [tokens, attended], rows =>
        {
            GraphValue added = rows[0] + block["attn"]["proj"].Linear(rows[1], configuration.VisionWidth);
            GraphValue hidden = block["mlp"]["fc1"]
                .Linear(block["norm2"].LayerNorm(added, Epsilon), configuration.VisionHidden);
            return added + block["mlp"]["fc2"].Linear(hidden.Gelu(), configuration.VisionWidth);
        });
    }

    // The trained table is repeated, not stretched; its first row belongs to a class token that SAM 3 has not (sam3.md
    // 1.2, item 2).
    private GraphValue Positions(GraphScope trunk)
    {
        int trained = configuration.PositionGrid;
        var rows = new long[configuration.Grid * configuration.Grid];
        for (int token = 0; token < rows.Length; token++)
        {
            (int y, int x) = Math.DivRem(token, configuration.Grid);
            rows[token] = 1 + (y % trained * trained) + (x % trained);
        }

        return trunk.Weight("pos_embed", 1, (trained * trained) + 1, configuration.VisionWidth)
            .Reshape((trained * trained) + 1, configuration.VisionWidth)
            .Gather(trunk.Graph.Integers(rows));
    }

    // Places that pad the last windows hold zeros after the norm, so that their query, key and value are the bias; they
    // take part. One row of zeros after the last token gives just that.
    private GraphValue Attend(GraphScope attention, GraphValue normed, WindowPartition windows)
    {
        GraphValue rows = windows.IsPadded ? normed.PadEnd(1, 0) : normed;
        var rotary = new RotaryPositions(
            windows.WindowSize, configuration.Window, configuration.VisionHeads, HeadWidth);
        GraphValue query = rotary.Turn(ToWindows(Project(attention, rows, 0, rotary.Order()), windows));
        GraphValue key = rotary.Turn(ToWindows(Project(attention, rows, 1, rotary.Order()), windows));
        GraphValue value = ToWindows(Project(attention, rows, 2, null), windows);
        GraphValue attended = query.FlashAttention(key, value, configuration.VisionHeads, 1 / MathF.Sqrt(HeadWidth))
            .Reshape(Dimension.Rest, configuration.VisionWidth);
        return windows.Count == 1 ? attended : attended.Gather(attended.Graph.Integers(windows.PlaceOfToken));
    }

    private GraphValue Project(GraphScope attention, GraphValue rows, int part, long[]? order)
    {
        int width = configuration.VisionWidth, start = part * width, end = start + width;
        GraphValue weight = attention["qkv"].Weight("weight", 3 * width, width).Slice(0, start, end);
        GraphValue bias = attention["qkv"].Weight("bias", 3 * width).Slice(0, start, end);
        if (order is null)
            return rows.Gemm(weight, bias);
        GraphValue ordered = rows.Graph.Integers(order);
        return rows.Gemm(weight.Gather(ordered), bias.Gather(ordered));
    }

    private GraphValue ToWindows(GraphValue rows, WindowPartition windows)
    {
        GraphValue ordered = windows.Count == 1 ? rows : rows.Gather(rows.Graph.Integers(windows.TokenOfPlace));
        return ordered.Reshape(windows.Count, windows.WindowSize * windows.WindowSize, configuration.VisionWidth);
    }
}
