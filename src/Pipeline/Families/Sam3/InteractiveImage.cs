using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Families.Sam3;

/// <summary>A picture as the interactive head sees it. Dispose after use.</summary>
/// <param name="Fine"><c>[1, d/8, 4 G, 4 G]</c>.</param>
/// <param name="Middle"><c>[1, d/4, 2 G, 2 G]</c>.</param>
/// <param name="Tensors">What the transformer needs, by name.</param>
internal sealed record InteractiveImage(
    TensorBuffer<float> Fine, TensorBuffer<float> Middle, IReadOnlyDictionary<string, DeviceTensor> Tensors)
    : IDisposable, IMeasured
{
    /// <inheritdoc/>
    public long ByteCount => sizeof(float) * (Fine.Shape.ElementCount + Middle.Shape.ElementCount
        + Tensors.Values.Sum(tensor => tensor.Shape.ElementCount));

    /// <inheritdoc/>
    public void Dispose()
    {
        Fine.Dispose();
        Middle.Dispose();
        foreach (DeviceTensor tensor in Tensors.Values)
            tensor.Dispose();
    }
}
