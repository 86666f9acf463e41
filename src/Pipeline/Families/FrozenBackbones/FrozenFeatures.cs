using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones;

/// <summary>
/// What the two frozen encoders make of a picture, whatever is asked about it; never changed. Its maker disposes it.
/// </summary>
/// <param name="clip">CLIP's features, res2 to res5.</param>
/// <param name="sam">SAM's embedding; null for FC-CLIP.</param>
internal sealed class FrozenFeatures(IReadOnlyList<TensorBuffer<float>> clip, TensorBuffer<float>? sam) : IDisposable
{
    /// <summary>CLIP's features, res2 to res5.</summary>
    public IReadOnlyList<TensorBuffer<float>> Clip => clip;

    /// <summary>SAM's embedding; null for FC-CLIP.</summary>
    public TensorBuffer<float>? Sam => sam;

    /// <summary>Bytes of all of it.</summary>
    public long ByteCount =>
        sizeof(float) * (clip.Sum(level => (long)level.Shape.ElementCount) + (sam?.Shape.ElementCount ?? 0));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (TensorBuffer<float> level in clip)
            level.Dispose();
        sam?.Dispose();
    }
}
