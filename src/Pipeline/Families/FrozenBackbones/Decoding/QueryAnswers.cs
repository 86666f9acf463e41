using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Decoding;

/// <summary>The object queries' answers for a picture. The caller disposes them.</summary>
/// <param name="ClassVectors"><c>[Q, E]</c>: in the joint space, not normalised.</param>
/// <param name="Masks"><c>[Q, h, w]</c>: logits at a quarter of the padded network size.</param>
internal sealed record QueryAnswers(TensorBuffer<float> ClassVectors, TensorBuffer<float> Masks) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        ClassVectors.Dispose();
        Masks.Dispose();
    }
}
