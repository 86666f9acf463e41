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
        x.Graph.Target.Device is GraphDevice.Cpu
            ? (x.NormaliseRows(epsilon).ReshapeLike(x) * weight) + bias
            : x.LayerNormalization(weight, bias, epsilon);

    /// <summary>
    /// Every vector of the last axis to mean 0 and variance 1: a layer norm without scale and shift, as one long list
    /// of rows.
    /// </summary>
    /// <returns><c>[1, rows, D]</c>.</returns>
    public static GraphValue NormaliseRows(this GraphValue x, float epsilon)
    {
        GraphValue rows = x.Reshape(1, Dimension.Rest, x[-1]);
        if (x.Graph.Target.Device is not GraphDevice.Cpu)
        {
            int width = x[-1].Value;
            float[] ones = [.. Enumerable.Repeat(1f, width)];
            return rows.LayerNormalization(
                x.Graph.Floats(ones, width), x.Graph.Floats(new float[width], width), epsilon);
        }

        // ONNX Runtime's LayerNormalization runs element by element on the CPU; its InstanceNormalization is vectorised
        // and, over rows as channels, computes the same.
        GraphValue count = rows.ShapeOf(1, 2);
        GraphValue scale = x.Graph.Node("Expand", [x.Graph.Scalar(1, x.Type), count], x.Type, [rows[1]]);
        GraphValue shift = x.Graph.Node("Expand", [x.Graph.Scalar(0, x.Type), count], x.Type, [rows[1]]);
        return rows.InstanceNorm(scale, shift, epsilon);
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

    private static GraphValue LayerNormalization(
        this GraphValue x, GraphValue weight, GraphValue bias, float epsilon) =>
        x.Graph.Node(
            "LayerNormalization", [x, weight, bias], x.Type, x.Shape, [OnnxAttribute.Float("epsilon", epsilon)]);

    private static GraphValue InstanceNorm(this GraphValue x, int channels, float epsilon)
    {
        GraphValue ones = x.Graph.Floats(Enumerable.Repeat(1f, channels).ToArray(), channels);
        GraphValue zeros = x.Graph.Floats(new float[channels], channels);
        return x.InstanceNorm(ones, zeros, epsilon);
    }

    private static GraphValue InstanceNorm(this GraphValue x, GraphValue scale, GraphValue shift, float epsilon) =>
        x.Graph.Node(
            "InstanceNormalization", [x, scale, shift], x.Type, x.Shape, [OnnxAttribute.Float("epsilon", epsilon)]);
}
