using FrozenSeg.Pipeline.Foundation.Graphs.Onnx;
using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Foundation.Graphs.Operators;

/// <summary>Operations that move elements without changing them.</summary>
internal static class Shaping
{
    /// <summary>
    /// The same elements in another shape. A symbol that stands at the same place in the input keeps that dimension;
    /// one other dimension may be open: another symbol, or <see cref="Dimension.Rest"/>.
    /// </summary>
    public static GraphValue Reshape(this GraphValue x, params ReadOnlySpan<Dimension> shape)
    {
        var target = new long[shape.Length];
        var result = shape.ToArray();
        for (int axis = 0; axis < shape.Length; axis++)
        {
            target[axis] = shape[axis] switch
            {
                { IsFixed: true } known => known.Value,
                var symbol when symbol != Dimension.Rest && axis < x.Rank && x[axis] == symbol => 0,
                _ => -1,
            };
        }

        if (target.Count(size => size == -1) > 1)
            throw new GraphException($"Reshape: '{x}' to [{string.Join(", ", result)}] leaves two dimensions open.");
        ResolveRemainder(x, result, target);
        return x.Graph.Node("Reshape", [x, x.Graph.Integers(target)], x.Type, result);
    }

    /// <summary>The elements of <paramref name="x"/> in the shape of <paramref name="model"/>.</summary>
    public static GraphValue ReshapeLike(this GraphValue x, GraphValue model)
    {
        bool oneOpen = model.Shape.ToArray().Count(dimension => !dimension.IsFixed) <= 1;
        return oneOpen ? x.Reshape(model.Shape) : x.Reshape(model.ShapeOf(), model.Shape);
    }

    /// <summary>Reshape to a shape computed in the graph.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="sizes">Int64 vector with the new shape.</param>
    /// <param name="shape">What is known of it.</param>
    public static GraphValue Reshape(this GraphValue x, GraphValue sizes, params ReadOnlySpan<Dimension> shape) =>
        x.Graph.Node("Reshape", [x, sizes], x.Type, shape);

    /// <summary>
    /// The dimensions of <paramref name="x"/> in [<paramref name="start"/>, <paramref name="end"/>) as int64.
    /// </summary>
    public static GraphValue ShapeOf(this GraphValue x, int start = 0, int? end = null)
    {
        int stop = end ?? x.Rank;
        return x.Graph.Node(
            "Shape",
            [x],
            ElementType.Int64,
            [stop - start],
            [OnnxAttribute.Int("start", start), OnnxAttribute.Int("end", stop)]);
    }

    /// <summary>Reorders axes: axis i of the result is axis <c>order[i]</c> of the input.</summary>
    public static GraphValue Transpose(this GraphValue x, params ReadOnlySpan<int> order)
    {
        if (order.Length != x.Rank)
            throw new GraphException($"Transpose: {order.Length} axes for '{x}'.");
        var shape = new Dimension[order.Length];
        for (int axis = 0; axis < order.Length; axis++)
            shape[axis] = x[order[axis]];
        return x.Graph.Node("Transpose", [x], x.Type, shape, [OnnxAttribute.Ints("perm", order)]);
    }

    /// <summary>Joins tensors along <paramref name="axis"/>.</summary>
    public static GraphValue Concat(int axis, params ReadOnlySpan<GraphValue> parts)
    {
        GraphValue first = parts[0];
        Dimension[] shape = first.Shape.ToArray();
        int at = axis < 0 ? axis + first.Rank : axis;
        Dimension total = 0;
        foreach (GraphValue part in parts)
        {
            if (part.Rank != first.Rank || part.Type != first.Type)
                throw new GraphException($"Concat: '{part}' does not fit '{first}'.");
            total = total.IsFixed && part[at].IsFixed ? total.Value + part[at].Value : $"{total}+{part[at]}";
        }

        shape[at] = total;
        return first.Graph.Node("Concat", parts, first.Type, shape, [OnnxAttribute.Int("axis", at)]);
    }

    /// <summary>
    /// The elements [<paramref name="start"/>, <paramref name="end"/>) along <paramref name="axis"/>.
    /// </summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="axis">Along which axis.</param>
    /// <param name="start">First element; negative counts from the end.</param>
    /// <param name="end">After the last element; negative counts from the end, null is the end.</param>
    public static GraphValue Slice(this GraphValue x, int axis, int start, int? end = null)
    {
        int at = axis < 0 ? axis + x.Rank : axis;
        Dimension[] shape = x.Shape.ToArray();
        shape[at] = SliceLength(x[at], start, end);
        GraphBuilder graph = x.Graph;
        return graph.Node(
            "Slice",
            [x, graph.Integers(start), graph.Integers(end ?? long.MaxValue), graph.Integers(at)],
            x.Type,
            shape);
    }

    /// <summary>Splits into parts of the given sizes along <paramref name="axis"/>.</summary>
    public static GraphValue[] Split(this GraphValue x, int axis, params ReadOnlySpan<int> sizes)
    {
        int at = axis < 0 ? axis + x.Rank : axis;
        var results = new List<(ElementType, Dimension[])>(sizes.Length);
        var lengths = new long[sizes.Length];
        for (int i = 0; i < sizes.Length; i++)
        {
            Dimension[] shape = x.Shape.ToArray();
            shape[at] = sizes[i];
            lengths[i] = sizes[i];
            results.Add((x.Type, shape));
        }

        return x.Graph.Nodes("Split", [x, x.Graph.Integers(lengths)], results, [OnnxAttribute.Int("axis", at)]);
    }

    /// <summary>Splits along <paramref name="axis"/> into parts whose sizes are computed in the graph.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="axis">Along which axis.</param>
    /// <param name="sizes">Int64 vector of <paramref name="parts"/> sizes.</param>
    /// <param name="parts">Number of parts.</param>
    public static GraphValue[] SplitBy(this GraphValue x, int axis, GraphValue sizes, int parts)
    {
        var results = new List<(ElementType, Dimension[])>(parts);
        for (int i = 0; i < parts; i++)
        {
            Dimension[] shape = x.Shape.ToArray();
            shape[axis] = x.Graph.FreshSymbol();
            results.Add((x.Type, shape));
        }

        return x.Graph.Nodes("Split", [x, sizes], results, [OnnxAttribute.Int("axis", axis)]);
    }

    /// <summary>Adds an axis of length 1 before <paramref name="axis"/>.</summary>
    public static GraphValue Unsqueeze(this GraphValue x, int axis)
    {
        List<Dimension> shape = [.. x.Shape];
        shape.Insert(axis < 0 ? axis + x.Rank + 1 : axis, 1);
        return x.Graph.Node("Unsqueeze", [x, x.Graph.Integers(axis)], x.Type, [.. shape]);
    }

    /// <summary>Appends zeros at the ends of the axes.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="after">How many to append along each axis.</param>
    public static GraphValue PadEnd(this GraphValue x, params ReadOnlySpan<int> after)
    {
        var pads = new long[2 * x.Rank];
        var shape = new Dimension[x.Rank];
        for (int axis = 0; axis < x.Rank; axis++)
        {
            pads[x.Rank + axis] = after[axis];
            shape[axis] = after[axis] == 0 ? x[axis] : x[axis].Value + after[axis];
        }

        return x.Graph.Node("Pad", [x, x.Graph.Integers(pads)], x.Type, shape);
    }

    /// <summary>Pads with zeros as far as only the picture tells.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="pads">Int64 <c>[2·rank]</c>: before all axes, then behind them.</param>
    /// <param name="shape">What comes of it.</param>
    public static GraphValue Pad(this GraphValue x, GraphValue pads, params ReadOnlySpan<Dimension> shape) =>
        x.Graph.Node("Pad", [x, pads], x.Type, shape.ToArray());

    /// <summary>Repeats dimensions of length 1 to fill <paramref name="shape"/>.</summary>
    public static GraphValue Expand(this GraphValue x, params ReadOnlySpan<Dimension> shape)
    {
        var sizes = new long[shape.Length];
        for (int axis = 0; axis < shape.Length; axis++)
            sizes[axis] = shape[axis].Value;
        return x.Graph.Node(
            "Expand", [x, x.Graph.Integers(sizes)], x.Type, Broadcasting.Combine(x.Shape, shape, "Expand"));
    }

    /// <summary>Repeats dimensions of length 1 to fill a shape computed in the graph.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="sizes">Int64 vector with the shape.</param>
    /// <param name="shape">What is known of it.</param>
    public static GraphValue Expand(this GraphValue x, GraphValue sizes, params ReadOnlySpan<Dimension> shape) =>
        x.Graph.Node("Expand", [x, sizes], x.Type, shape);

    /// <summary>
    /// Picks slices along <paramref name="axis"/>: the indices' shape takes the place of that axis.
    /// </summary>
    public static GraphValue Gather(this GraphValue x, GraphValue indices, int axis = 0) =>
        x.Graph.Node(
            "Gather",
            [x, indices],
            x.Type,
            [.. x.Shape[..axis], .. indices.Shape, .. x.Shape[(axis + 1)..]],
            [OnnxAttribute.Int("axis", axis)]);

    /// <summary>Picks single elements along <paramref name="axis"/>: the result has the indices' shape.</summary>
    public static GraphValue GatherElements(this GraphValue x, int axis, GraphValue indices) =>
        x.Graph.Node("GatherElements", [x, indices], x.Type, indices.Shape, [OnnxAttribute.Int("axis", axis)]);

    private static Dimension SliceLength(Dimension size, int start, int? end)
    {
        if (size.IsFixed)
        {
            int first = start < 0 ? start + size.Value : start;
            int last =
                end is null ? size.Value : end.Value < 0 ? end.Value + size.Value : Math.Min(end.Value, size.Value);
            return Math.Max(0, last - first);
        }

        return end is not null && start >= 0 && end >= 0 ? end.Value - start : $"{size}[{start}:{end}]";
    }

    private static void ResolveRemainder(GraphValue x, Dimension[] result, long[] target)
    {
        int open = Array.IndexOf(target, -1);
        bool inputFixed = x.Shape.ToArray().All(dimension => dimension.IsFixed);
        if (!inputFixed)
        {
            if (open >= 0 && result[open] == Dimension.Rest)
                result[open] = x.Graph.FreshSymbol();
            return;
        }

        long elements = x.Shape.ToArray().Aggregate(1L, (product, dimension) => product * dimension.Value);
        long known = target.Where(size => size != -1).Aggregate(1L, (product, size) => product * size);
        bool fits = open < 0 ? known == elements : known > 0 && elements % known == 0;
        if (!fits)
            throw new GraphException($"Reshape: '{x}' does not fill [{string.Join(", ", result)}].");
        if (open >= 0)
            result[open] = (int)(elements / known);
    }
}
