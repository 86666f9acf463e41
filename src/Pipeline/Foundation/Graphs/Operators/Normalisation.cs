using FrozenSeg.Pipeline.Foundation.Graphs.Onnx;

namespace FrozenSeg.Pipeline.Foundation.Graphs.Operators;

/// <summary>Normalisation layers, with their affine parameters.</summary>
internal static class Normalisation
{
    /// <summary>Layer normalisation over the last axis, biased variance.</summary>
    /// <param name="x"><c>[…, D]</c>.</param>
    /// <param name="weight"><c>[D]</c>.</param>
    /// <param name="bias"><c>[D]</c>.</param>
    /// <param name="epsilon">Added to the variance.</param>
    public static GraphValue LayerNorm(this GraphValue x, GraphValue weight, GraphValue bias, float epsilon) =>
        x.Graph.Node(
            "LayerNormalization", [x, weight, bias], x.Type, x.Shape, [OnnxAttribute.Float("epsilon", epsilon)]);

    /// <summary>
    /// Every vector of the last axis to mean 0 and variance 1: a layer norm without scale and shift, as one long list
    /// of rows.
    /// </summary>
    /// <returns><c>[1, rows, D]</c>.</returns>
    public static GraphValue NormaliseRows(this GraphValue x, float epsilon)
    {
        int width = x[-1].Value;
        return x.Reshape(1, Dimension.Rest, x[-1]).LayerNorm(Ones(x.Graph, width), Zeros(x.Graph, width), epsilon);
    }

    /// <summary>Batch normalisation of <c>[N, C, H, W]</c> by stored statistics, each <c>[C]</c>.</summary>
    /// <remarks>Directly after a convolution ONNX Runtime folds it into the weights when the graph is loaded.</remarks>
    public static GraphValue BatchNorm(
        this GraphValue x, GraphValue weight, GraphValue bias, GraphValue mean, GraphValue variance, float epsilon) =>
        x.Graph.Node(
            "BatchNormalization",
            [x, weight, bias, mean, variance],
            x.Type,
            x.Shape,
            [OnnxAttribute.Float("epsilon", epsilon)]);

    /// <summary>
    /// Group normalisation of <c>[N, C, H, W]</c>: mean and variance over C/groups channels and all pixels.
    /// </summary>
    public static GraphValue GroupNorm(this GraphValue x, int groups, GraphValue weight, GraphValue bias, float epsilon)
    {
        int channels = x[1].Value;
        GraphValue grouped = x.Reshape(x[0], groups, Dimension.Rest);
        GraphValue normal = grouped.InstanceNorm(groups, epsilon).ReshapeLike(x);
        return (normal * weight.Reshape(1, channels, 1, 1)) + bias.Reshape(1, channels, 1, 1);
    }

    /// <summary>Divides every vector of the last axis by its Euclidean length, or by 1e-12 if that is larger.</summary>
    public static GraphValue L2Normalise(this GraphValue x)
    {
        GraphValue length = (x * x).ReduceSum(-1).Sqrt();
        return x / length.Max(x.Graph.Scalar(1e-12, x.Type));
    }

    private static GraphValue InstanceNorm(this GraphValue x, int channels, float epsilon) => x.Graph.Node(
        "InstanceNormalization",
        [x, Ones(x.Graph, channels), Zeros(x.Graph, channels)],
        x.Type,
        x.Shape,
        [OnnxAttribute.Float("epsilon", epsilon)]);

    private static GraphValue Ones(GraphBuilder graph, int count) =>
        graph.Floats(Enumerable.Repeat(1f, count).ToArray(), count);

    private static GraphValue Zeros(GraphBuilder graph, int count) => graph.Floats(new float[count], count);
}
