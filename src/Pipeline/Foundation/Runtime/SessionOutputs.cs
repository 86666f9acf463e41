using System.Runtime.InteropServices;
using FrozenSeg.Pipeline.Foundation.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace FrozenSeg.Pipeline.Foundation.Runtime;

/// <summary>What a run computed, by output name. Owns the memory of every output that was not taken.</summary>
internal sealed class SessionOutputs : IDisposable
{
    private static int _alive;

    private readonly Dictionary<string, OrtValue> _values;
    private int _disposed;

    internal SessionOutputs(IReadOnlyCollection<string> names, IDisposableReadOnlyCollection<OrtValue> values)
    {
        _values = names.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second);
        Interlocked.Increment(ref _alive);
    }

    /// <summary>How many results have been made and not disposed; tests watch it for leaks.</summary>
    public static int Alive => Volatile.Read(ref _alive);

    /// <summary>
    /// Hands an output over: the caller owns it and disposes it. Nothing is copied.
    /// </summary>
    /// <exception cref="KeyNotFoundException">There is no such output, or it was taken before.</exception>
    public TensorBuffer<T> Take<T>(string name)
        where T : unmanaged
    {
        OrtValue value = Remove(name);
        int[] shape = Array.ConvertAll(value.GetTensorTypeAndShape().Shape, dimension => checked((int)dimension));
        ref byte start = ref MemoryMarshal.AsRef<byte>(value.GetTensorMutableRawData());
        unsafe
        {
            fixed (byte* address = &start)
                return new TensorBuffer<T>(new TensorShape(shape), (nint)address, value);
        }
    }

    /// <summary>Hands an output over that was asked to stay on the device. The caller disposes it.</summary>
    /// <exception cref="KeyNotFoundException">There is no such output, or it was taken before.</exception>
    public DeviceTensor TakeOnDevice(string name) => new(Remove(name));

    private OrtValue Remove(string name) => _values.Remove(name, out OrtValue? value)
        ? value
        : throw new KeyNotFoundException($"There is no output '{name}'.");

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            Interlocked.Decrement(ref _alive);
        foreach (OrtValue value in _values.Values)
            value.Dispose();
        _values.Clear();
    }
}
