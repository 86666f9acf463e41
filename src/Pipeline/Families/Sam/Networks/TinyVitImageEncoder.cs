using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Blocks;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Families.Sam.Networks;

/// <summary>
/// MobileSAM's TinyViT (sam.md 2.2): a convolutional stage, then three stages of windowed attention. Every convolution
/// is followed by batch normalisation, which is folded into it when the graph is loaded.
/// </summary>
/// <param name="configuration">Sizes of the whole model.</param>
/// <param name="encoder">Sizes of the encoder.</param>
internal sealed class TinyVitImageEncoder(SamConfiguration configuration, TinyVitConfiguration encoder)
{
    private const float BatchNormEpsilon = 1e-5f;
    private const float LayerNormEpsilon = 1e-5f;

    // What the convolutional stage makes of so many rows stays in the caches; of the whole map it is 67 MB, twice.
    private const int RowsOfStrip = 32;

    /// <summary>Two strided convolutions.</summary>
    /// <param name="scope">At <c>image_encoder</c>.</param>
    /// <param name="image"><c>[1, 3, S, S]</c>, preprocessed.</param>
    /// <returns><c>[1, 64, S/4, S/4]</c>.</returns>
    public GraphValue EmbedPatches(GraphScope scope, GraphValue image)
    {
        GraphScope patches = scope["patch_embed"]["seq"];
        GraphValue half = ConvBn(patches["0"], image, encoder.Widths[0] / 2, kernel: 3, stride: 2, padding: 1).Gelu();
        return ConvBn(patches["2"], half, encoder.Widths[0], kernel: 3, stride: 2, padding: 1);
    }

    /// <summary>Width and side of the map that a stage is given.</summary>
    /// <param name="stage">0..3.</param>
    public (int Width, int Side) MapOf(int stage)
    {
        int side = configuration.ImageSize / 4;
        for (int merged = 1; merged <= stage; merged++)
            side = (side + StrideInto(encoder.Widths[merged]) - 1) / StrideInto(encoder.Widths[merged]);
        return (encoder.Widths[stage], side);
    }

    /// <summary>One stage with the merging that follows it.</summary>
    /// <param name="scope">At <c>image_encoder</c>.</param>
    /// <param name="map"><c>[1, C, h, w]</c>.</param>
    /// <param name="stage">0..3.</param>
    public GraphValue Stage(GraphScope scope, GraphValue map, int stage)
    {
        for (int block = 0; block < encoder.Depths[stage]; block++)
            map = Block(scope, map, stage, block);
        return map;
    }

    /// <summary>One block, and after a stage's last the merging that follows it.</summary>
    /// <param name="scope">At <c>image_encoder</c>.</param>
    /// <param name="map"><c>[1, C, h, w]</c>.</param>
    /// <param name="stage">0..3.</param>
    /// <param name="block">0..</param>
    public GraphValue Block(GraphScope scope, GraphValue map, int stage, int block)
    {
        GraphScope layer = scope["layers"][stage];
        GraphValue result = stage == 0
            ? MobileConvolution(layer["blocks"][block], map)
            : AttentionBlock(layer["blocks"][block], map, stage);
        return block + 1 == encoder.Depths[stage] && stage + 1 < encoder.Widths.Count
            ? Merge(layer["downsample"], result, encoder.Widths[stage + 1])
            : result;
    }

    /// <summary>The map as tokens <c>[grid², C]</c>.</summary>
    public GraphValue ToTokens(GraphValue map) =>
        map.Reshape(map[1], configuration.GridSize * configuration.GridSize).Transpose(1, 0);

    private static GraphValue MobileConvolution(GraphScope scope, GraphValue map)
    {
        using IDisposable naming = scope.Enter();
        int side = map[2].Value;
        if (scope.Graph.Target.Device is not GraphDevice.Cpu || side % RowsOfStrip != 0)
            return MobileConvolution(scope, map, map, isFirst: true, isLast: true);
        int count = side / RowsOfStrip;
        var strips = new GraphValue[count];
        for (int strip = 0; strip < count; strip++)
        {
            bool isFirst = strip == 0, isLast = strip == count - 1;
            int start = strip * RowsOfStrip, end = start + RowsOfStrip;
            GraphValue seen = map.Slice(2, isFirst ? start : start - 1, isLast ? end : end + 1);
            strips[strip] = MobileConvolution(scope, seen, map.Slice(2, start, end), isFirst, isLast);
        }

        return Shaping.Concat(2, strips);
    }

    // MBConv; the activation comes after the shortcut. A strip sees one row of each neighbour; only the map's own
    // border is padded, and that after the expansion.
    private static GraphValue MobileConvolution(
        GraphScope scope, GraphValue seen, GraphValue strip, bool isFirst, bool isLast)
    {
        int width = strip[1].Value, wide = 4 * width;
        GraphValue expanded = ConvBn(scope["conv1"], seen, wide, kernel: 1).Gelu();
        GraphValue weight = scope["conv2"]["c"].Weight("weight", wide, 1, 3, 3);
        GraphValue filtered = scope["conv2"]["bn"].BatchNorm(
            expanded.Conv(weight, (isFirst ? 1 : 0, 1), (isLast ? 1 : 0, 1), groups: wide), BatchNormEpsilon).Gelu();
        return (ConvBn(scope["conv3"], filtered, width, kernel: 1) + strip).Gelu();
    }

    // The official rule: merging into the widest stage keeps the resolution.
    private int StrideInto(int width) => width == encoder.Widths[^1] ? 1 : 2;

    private GraphValue Merge(GraphScope scope, GraphValue map, int width)
    {
        using IDisposable naming = scope.Enter();
        int stride = StrideInto(width);
        GraphValue wide = ConvBn(scope["conv1"], map, width, kernel: 1).Gelu();
        GraphValue merged = ConvBn(scope["conv2"], wide, width, kernel: 3, stride: stride, padding: 1, groups: width)
            .Gelu();
        return ConvBn(scope["conv3"], merged, width, kernel: 1);
    }

    private GraphValue AttentionBlock(GraphScope scope, GraphValue map, int stage)
    {
        using IDisposable naming = scope.Enter();
        int width = map[1].Value, side = map[2].Value;
        GraphValue tokens = map.Reshape(width, side * side).Transpose(1, 0);
        GraphValue attended = tokens + Attention(scope["attn"], tokens, side, stage);

        GraphValue attendedMap = attended.Transpose(1, 0).Reshape(1, width, side, side);
        // The local convolution replaces the map: it has no shortcut.
        GraphValue local = ConvBn(scope["local_conv"], attendedMap, width, kernel: 3, padding: 1, groups: width);
        GraphValue rows = local.Reshape(width, side * side).Transpose(1, 0);
        GraphValue result = rows + Perceptron(scope["mlp"], rows, width);
        return result.Transpose(1, 0).Reshape(1, width, side, side);
    }

    private static GraphValue Perceptron(GraphScope scope, GraphValue rows, int width)
    {
        GraphValue hidden = scope["fc1"].Linear(scope["norm"].LayerNorm(rows, LayerNormEpsilon), 4 * width).Gelu();
        return scope["fc2"].Linear(hidden, width);
    }

    // The map is padded before its normalisation, so padded places become the norm's bias: one zero row stands for all.
    private GraphValue Attention(GraphScope scope, GraphValue tokens, int side, int stage)
    {
        using IDisposable naming = scope.Enter();
        var windows = new WindowPartition(side, encoder.Windows[stage]);
        int width = tokens[1].Value, heads = encoder.Heads[stage], headWidth = width / heads;
        int places = windows.WindowSize * windows.WindowSize;

        GraphValue rows = windows.IsPadded ? tokens.PadEnd(1, 0) : tokens;
        GraphValue projected = scope["qkv"].Linear(scope["norm"].LayerNorm(rows, LayerNormEpsilon), 3 * width);
        // [windows, place, head, q|k|v, d]: interleaved per head, unlike the plain ViT.
        GraphValue[] parts = projected.Gather(projected.Graph.Integers(windows.TokenOfPlace))
            .Reshape(windows.Count, places, heads, 3 * headWidth)
            .Transpose(0, 2, 1, 3)
            .Split(-1, headWidth, headWidth, headWidth);

        GraphValue logits = parts[0].MatMulTransposed(parts[1], 1 / MathF.Sqrt(headWidth)) + Biases(
            scope, windows, heads);
        GraphValue attended = logits.Softmax().MatMul(parts[2]).Transpose(0, 2, 1, 3).Reshape(Dimension.Rest, width);
        return scope["proj"].Linear(attended.Gather(attended.Graph.Integers(windows.PlaceOfToken)), width);
    }

    private static GraphValue Biases(GraphScope scope, WindowPartition windows, int heads)
    {
        int side = windows.WindowSize, places = side * side;
        var offsets = new long[places * places];
        for (int i = 0; i < offsets.Length; i++)
        {
            (int query, int key) = Math.DivRem(i, places);
            int dy = Math.Abs((query / side) - (key / side)), dx = Math.Abs((query % side) - (key % side));
            offsets[i] = (dy * side) + dx;
        }

        GraphValue table = scope.Weight("attention_biases", heads, places);
        return table.Gather(table.Graph.Integers(offsets), axis: 1).Reshape(1, heads, places, places);
    }

    private static GraphValue ConvBn(
        GraphScope scope, GraphValue map, int channels, int kernel, int stride = 1, int padding = 0, int groups = 1) =>
        scope["bn"].BatchNorm(
            scope["c"].Conv(map, channels, kernel, stride, padding, groups, bias: false), BatchNormEpsilon);
}
