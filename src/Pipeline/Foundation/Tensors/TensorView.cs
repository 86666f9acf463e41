namespace FrozenSeg.Pipeline.Foundation.Tensors;

/// <summary>A borrowed row-major window on a tensor; valid while its owner lives.</summary>
/// <typeparam name="T">Element type.</typeparam>
internal readonly ref struct TensorView<T>
    where T : unmanaged
{
    /// <param name="elements">Row-major elements.</param>
    /// <param name="shape">Dimensions that the elements fill.</param>
    public TensorView(Span<T> elements, TensorShape shape)
    {
        if (elements.Length != shape.ElementCount)
            throw new ArgumentException($"{elements.Length} elements do not fill {shape}.", nameof(elements));
        Span = elements;
        Shape = shape;
    }

    /// <summary>All elements.</summary>
    public Span<T> Span { get; }

    /// <summary>The dimensions.</summary>
    public TensorShape Shape { get; }

    /// <summary>The sub-tensor at <paramref name="index"/> of the outermost dimension.</summary>
    public TensorView<T> this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Shape[0]);
            var inner = new TensorShape(Shape.Dimensions[1..]);
            int length = (int)inner.ElementCount;
            return new TensorView<T>(Span.Slice(index * length, length), inner);
        }
    }
}
