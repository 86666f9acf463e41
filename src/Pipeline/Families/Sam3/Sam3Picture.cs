using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Families.Sam3;

/// <summary>
/// What SAM 3 keeps of a picture, whatever is asked of it later: about 116 MB at the published sizes. Dispose after
/// use.
/// </summary>
/// <param name="Fine">The neck's finest map after the mask head's convolution, <c>[1, d, 4 G, 4 G]</c>.</param>
/// <param name="Middle">The next after its own, <c>[1, d, 2 G, 2 G]</c>.</param>
/// <param name="Coarse"><c>[G², d]</c>.</param>
/// <param name="Looked">The coarse map after the fusion encoder's first self-attention, <c>[G², d]</c>.</param>
/// <param name="Cls">The prompt token that only looks at the picture, <c>[1, d]</c>.</param>
internal sealed record Sam3Picture(
    TensorBuffer<float> Fine,
    TensorBuffer<float> Middle,
    TensorBuffer<float> Coarse,
    TensorBuffer<float> Looked,
    TensorBuffer<float> Cls) : IDisposable
{
    /// <summary>Bytes of all of it.</summary>
    public long ByteCount =>
        sizeof(float) * new[] { Fine, Middle, Coarse, Looked, Cls }.Sum(map => map.Shape.ElementCount);

    /// <inheritdoc/>
    public void Dispose()
    {
        Fine.Dispose();
        Middle.Dispose();
        Coarse.Dispose();
        Looked.Dispose();
        Cls.Dispose();
    }
}
