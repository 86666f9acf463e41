using FrozenSeg.Pipeline.Foundation.Graphs.Onnx;
using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Foundation.Graphs.Operators;

/// <summary>Reductions along one axis, which stays with length 1 unless dropped.</summary>
internal static class Reductions
{
    /// <summary>Sum along <paramref name="axis"/>.</summary>
    public static GraphValue ReduceSum(this GraphValue x, int axis, bool keep = true) =>
        Reduce("ReduceSum", x, axis, keep);

    /// <summary>Mean along <paramref name="axis"/>.</summary>
    public static GraphValue ReduceMean(this GraphValue x, int axis, bool keep = true) =>
        Reduce("ReduceMean", x, axis, keep);

    /// <summary>Largest element along <paramref name="axis"/>.</summary>
    public static GraphValue ReduceMax(this GraphValue x, int axis, bool keep = true) =>
        Reduce("ReduceMax", x, axis, keep);

    /// <summary>
    /// Index of the largest element along <paramref name="axis"/>, the first of equals, int64; the axis goes.
    /// </summary>
    public static GraphValue ArgMax(this GraphValue x, int axis)
    {
        int at = axis < 0 ? axis + x.Rank : axis;
        return x.Graph.Node(
            "ArgMax",
            [x],
            ElementType.Int64,
            [.. x.Shape[..at], .. x.Shape[(at + 1)..]],
            [OnnxAttribute.Int("axis", at), OnnxAttribute.Int("keepdims", 0)]);
    }

    private static GraphValue Reduce(string operation, GraphValue x, int axis, bool keep)
    {
        int at = axis < 0 ? axis + x.Rank : axis;
        Dimension[] shape = keep
            ? [.. x.Shape[..at], 1, .. x.Shape[(at + 1)..]]
            : [.. x.Shape[..at], .. x.Shape[(at + 1)..]];
        return x.Graph.Node(
            operation, [x, x.Graph.Integers(at)], x.Type, shape, [OnnxAttribute.Int("keepdims", keep ? 1 : 0)]);
    }
}
