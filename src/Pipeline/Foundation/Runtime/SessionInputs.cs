using System.Runtime.CompilerServices;
using FrozenSeg.Pipeline.Foundation.Tensors;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace FrozenSeg.Pipeline.Foundation.Runtime;

/// <summary>
/// Tensors by input name for one run. Nothing is copied: the tensors must outlive the run. Dispose after it.
/// </summary>
internal sealed class SessionInputs : IDisposable
{
    private readonly List<string> _names = [];
    private readonly List<OrtValue> _values = [];
    private readonly List<OrtValue> _owned = [];

    internal IReadOnlyCollection<string> Names => _names;

    internal IReadOnlyCollection<OrtValue> Values => _values;

    /// <summary>Adds an input.</summary>
    /// <returns>This, so that inputs can be listed.</returns>
    public SessionInputs Add<T>(string name, TensorBuffer<T> tensor)
        where T : unmanaged
    {
        _names.Add(name);
        var value = OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance,
            TypeOf<T>(),
            [.. tensor.Shape.Select(dimension => (long)dimension)],
            tensor.Address,
            tensor.Shape.ElementCount * Unsafe.SizeOf<T>());
        _owned.Add(value);
        _values.Add(value);
        return this;
    }

    /// <summary>Adds what another network has left on the device.</summary>
    /// <returns>This, so that inputs can be listed.</returns>
    public SessionInputs Add(string name, DeviceTensor tensor)
    {
        _names.Add(name);
        _values.Add(tensor.Value);
        return this;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (OrtValue value in _owned)
            value.Dispose();
        _owned.Clear();
        _values.Clear();
    }

    private static TensorElementType TypeOf<T>() => typeof(T) switch
    {
        var type when type == typeof(float) => TensorElementType.Float,
        var type when type == typeof(long) => TensorElementType.Int64,
        var type when type == typeof(int) => TensorElementType.Int32,
        var type when type == typeof(byte) => TensorElementType.UInt8,
        var type when type == typeof(bool) => TensorElementType.Bool,
        var type => throw new NotSupportedException($"Tensors of {type.Name} are not passed to networks."),
    };
}
