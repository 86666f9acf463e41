using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn.Activation;

/// <summary>What CLIP keeps of a picture, whatever is asked about it; never changed. Its maker disposes it.</summary>
/// <param name="grid">The patches.</param>
/// <param name="kept">Tensors under the names of <see cref="ActivationNetwork"/>.</param>
internal sealed class PictureActivations(PatchGrid grid, IReadOnlyDictionary<string, TensorBuffer<float>> kept)
    : IDisposable
{
    /// <summary>The patches.</summary>
    public PatchGrid Grid => grid;

    /// <summary>Tensors under the names of <see cref="ActivationNetwork"/>.</summary>
    public IReadOnlyDictionary<string, TensorBuffer<float>> Kept => kept;

    /// <summary>Bytes of all of them.</summary>
    public long ByteCount => sizeof(float) * kept.Values.Sum(tensor => (long)tensor.Shape.ElementCount);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (TensorBuffer<float> tensor in kept.Values)
            tensor.Dispose();
    }
}
