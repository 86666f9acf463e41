using FrozenSeg.Pipeline.Foundation.Graphs.Onnx;

namespace FrozenSeg.Pipeline.Foundation.Graphs.Operators;

/// <summary>Convolution and pooling on <c>[N, C, H, W]</c>; kernels, strides and paddings are square.</summary>
internal static class Convolutions
{
    /// <summary>Cross-correlation with weights <c>[O, C/groups, k, k]</c> as PyTorch stores them.</summary>
    public static GraphValue Conv(
        this GraphValue x, GraphValue weight, GraphValue? bias = null, int stride = 1, int padding = 0, int groups = 1)
    {
        if (x.Rank != 4 || weight.Rank != 4 || (x[1].IsFixed && x[1].Value != weight[1].Value * groups))
            throw new GraphException($"Conv: '{x}' does not fit '{weight}' in {groups} groups.");
        int kernel = weight[2].Value;
        return x.Graph.Node(
            "Conv",
            bias is null ? [x, weight] : [x, weight, bias],
            x.Type,
            [x[0], weight[0], Slide(x[2], kernel, stride, padding), Slide(x[3], kernel, stride, padding)],
            [
                OnnxAttribute.Ints("kernel_shape", kernel, kernel),
                OnnxAttribute.Ints("strides", stride, stride),
                OnnxAttribute.Ints("pads", padding, padding, padding, padding),
                OnnxAttribute.Int("group", groups),
            ]);
    }

    /// <summary>Cross-correlation with borders that differ from side to side, stride 1.</summary>
    /// <param name="x"><c>[N, C, H, W]</c>, H and W fixed.</param>
    /// <param name="weight"><c>[O, C/groups, k, k]</c>.</param>
    /// <param name="before">Zeros above and to the left.</param>
    /// <param name="after">Zeros below and to the right.</param>
    /// <param name="groups">Groups of channels that are convolved on their own.</param>
    public static GraphValue Conv(
        this GraphValue x, GraphValue weight, (int Top, int Left) before, (int Bottom, int Right) after, int groups = 1)
    {
        if (x.Rank != 4 || weight.Rank != 4 || x[1].Value != weight[1].Value * groups)
            throw new GraphException($"Conv: '{x}' does not fit '{weight}' in {groups} groups.");
        int kernel = weight[2].Value;
        return x.Graph.Node(
            "Conv",
            [x, weight],
            x.Type,
            [
                x[0],
                weight[0],
                x[2].Value + before.Top + after.Bottom - kernel + 1,
                x[3].Value + before.Left + after.Right - kernel + 1,
            ],
            [
                OnnxAttribute.Ints("kernel_shape", kernel, kernel),
                OnnxAttribute.Ints("strides", 1, 1),
                OnnxAttribute.Ints("pads", before.Top, before.Left, after.Bottom, after.Right),
                OnnxAttribute.Int("group", groups),
            ]);
    }

    /// <summary>Mean over windows.</summary>
    /// <param name="x"><c>[N, C, H, W]</c>.</param>
    /// <param name="kernel">Side of the window.</param>
    /// <param name="stride">Step of the window.</param>
    /// <param name="padding">Border on every side.</param>
    /// <param name="countPadding">Whether border pixels count, as zeros; otherwise a mean is over existing
    /// pixels.</param>
    public static GraphValue AveragePool(
        this GraphValue x, int kernel, int stride, int padding = 0, bool countPadding = false) =>
        x.Graph.Node(
            "AveragePool",
            [x],
            x.Type,
            [x[0], x[1], Slide(x[2], kernel, stride, padding), Slide(x[3], kernel, stride, padding)],
            [
                OnnxAttribute.Ints("kernel_shape", kernel, kernel),
                OnnxAttribute.Ints("strides", stride, stride),
                OnnxAttribute.Ints("pads", padding, padding, padding, padding),
                OnnxAttribute.Int("count_include_pad", countPadding ? 1 : 0),
            ]);

    private static Dimension Slide(Dimension size, int kernel, int stride, int padding)
    {
        if (size.IsFixed)
            return ((size.Value + (2 * padding) - kernel) / stride) + 1;
        bool unchanged = stride == 1 && kernel == (2 * padding) + 1;
        return unchanged ? size : $"{size}/{stride}k{kernel}p{padding}";
    }
}
