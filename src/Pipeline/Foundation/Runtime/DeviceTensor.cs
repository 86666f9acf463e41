using FrozenSeg.Pipeline.Foundation.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace FrozenSeg.Pipeline.Foundation.Runtime;

/// <summary>
/// A tensor that lies where a network computed it, for another network of the same factory to read: in the GPU's memory
/// nothing travels between the two. The caller disposes it.
/// </summary>
internal sealed class DeviceTensor : IDisposable
{
    private static int _alive;

    private int _disposed;

    internal DeviceTensor(OrtValue value)
    {
        Value = value;
        Shape = new TensorShape(
            Array.ConvertAll(value.GetTensorTypeAndShape().Shape, dimension => checked((int)dimension)));
        Interlocked.Increment(ref _alive);
    }

    /// <summary>How many have been made and not disposed; tests watch it for leaks.</summary>
    public static int Alive => Volatile.Read(ref _alive);

    /// <summary>The dimensions.</summary>
    public TensorShape Shape { get; }

    internal OrtValue Value { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        Value.Dispose();
        Interlocked.Decrement(ref _alive);
    }
}
