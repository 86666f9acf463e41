using FrozenSeg.Pipeline.Families.Sam.Prompts;

namespace FrozenSeg.Serving.Interaction;

/// <summary>An answer's logits, kept so that it can be refined exactly.</summary>
/// <param name="masks">The answer.</param>
internal sealed class KeptLogits(IReadOnlyList<PredictedMask> masks) : IDisposable
{
    /// <summary>Logits mask by mask.</summary>
    public IReadOnlyList<float[]> Logits { get; } = [.. masks.Select(mask => mask.Logits)];

    /// <summary>Bytes of all of them.</summary>
    public long ByteCount => Logits.Sum(logits => (long)logits.Length * sizeof(float));

    /// <inheritdoc/>
    public void Dispose()
    {
        // Arrays need no farewell; the cache wants something to let go of.
    }
}
