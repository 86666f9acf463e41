using System.Runtime.CompilerServices;

namespace FrozenSeg.Pipeline.Foundation.Tensors;

/// <summary>
/// A dense row-major tensor in native memory. Its maker disposes it; everyone else holds a
/// <see cref="TensorView{T}"/>.
/// </summary>
/// <typeparam name="T">Element type: float, long, int, byte or bool.</typeparam>
internal sealed unsafe class TensorBuffer<T> : IDisposable
    where T : unmanaged
{
    private readonly IDisposable _owner;
    private nint _address;

    /// <summary>A zeroed tensor.</summary>
    public TensorBuffer(params ReadOnlySpan<int> dimensions)
        : this(new TensorShape(dimensions))
    {
    }

    /// <summary>A zeroed tensor.</summary>
    public TensorBuffer(TensorShape shape)
    {
        Shape = shape;
        var memory = TensorMemory.Allocate(checked((nuint)shape.ElementCount * (nuint)Unsafe.SizeOf<T>()));
        _owner = memory;
        _address = memory.Address;
    }

    /// <summary>A tensor over memory that <paramref name="owner"/> holds and releases.</summary>
    internal TensorBuffer(TensorShape shape, nint address, IDisposable owner)
    {
        Shape = shape;
        _address = address;
        _owner = owner;
    }

    /// <summary>The dimensions.</summary>
    public TensorShape Shape { get; }

    /// <summary>All elements, row-major.</summary>
    /// <exception cref="ObjectDisposedException">The tensor was disposed.</exception>
    public Span<T> Span => new((void*)Address, checked((int)Shape.ElementCount));

    /// <summary>A window on all elements.</summary>
    public TensorView<T> View => new(Span, Shape);

    /// <summary>Where the elements begin in memory.</summary>
    internal nint Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(_address == 0, this);
            return _address;
        }
    }

    /// <summary>A tensor holding a copy of <paramref name="elements"/>.</summary>
    /// <exception cref="ArgumentException">The elements do not fill the shape.</exception>
    public static TensorBuffer<T> From(ReadOnlySpan<T> elements, params ReadOnlySpan<int> dimensions)
    {
        var shape = new TensorShape(dimensions);
        if (elements.Length != shape.ElementCount)
            throw new ArgumentException($"{elements.Length} elements do not fill {shape}.", nameof(elements));
        var buffer = new TensorBuffer<T>(shape);
        elements.CopyTo(buffer.Span);
        return buffer;
    }

    /// <summary>Releases the memory; further calls do nothing.</summary>
    public void Dispose()
    {
        _address = 0;
        _owner.Dispose();
    }
}
