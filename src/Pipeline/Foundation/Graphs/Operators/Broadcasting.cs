namespace FrozenSeg.Pipeline.Foundation.Graphs.Operators;

/// <summary>The shape of an elementwise operation on two shapes, as NumPy and ONNX define it.</summary>
internal static class Broadcasting
{
    /// <exception cref="GraphException">Two known dimensions differ and neither is 1.</exception>
    public static Dimension[] Combine(ReadOnlySpan<Dimension> a, ReadOnlySpan<Dimension> b, string operation)
    {
        var result = new Dimension[Math.Max(a.Length, b.Length)];
        for (int i = 1; i <= result.Length; i++)
        {
            Dimension left = i <= a.Length ? a[^i] : 1;
            Dimension right = i <= b.Length ? b[^i] : 1;
            result[^i] = Combine(left, right) ?? throw new GraphException(
                $"{operation}: [{Text(a)}] and [{Text(b)}] do not broadcast.");
        }

        return result;
    }

    private static Dimension? Combine(Dimension left, Dimension right)
    {
        if (left == right || right == Dimension.Fixed(1))
            return left;
        if (left == Dimension.Fixed(1))
            return right;
        // A symbol beside a number can only be that number or 1; beside another symbol it is taken to be the same.
        if (!left.IsFixed)
            return right.IsFixed ? right : left;
        return right.IsFixed ? default(Dimension?) : left;
    }

    private static string Text(ReadOnlySpan<Dimension> shape) => string.Join(", ", shape.ToArray());
}
