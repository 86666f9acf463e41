using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Families.Sam3;

/// <summary>Mask logits before they are brought to the picture's size. Dispose after use.</summary>
/// <param name="Instances">One for each query that was asked for, <c>[k, 4 G, 4 G]</c>; null when none was.</param>
/// <param name="Semantic">One for the whole concept, <c>[4 G, 4 G]</c>.</param>
internal sealed record Sam3Masks(TensorBuffer<float>? Instances, TensorBuffer<float> Semantic) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Instances?.Dispose();
        Semantic.Dispose();
    }
}
