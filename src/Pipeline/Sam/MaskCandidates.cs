using FrozenSeg.Pipeline.Tensors;

namespace FrozenSeg.Pipeline.Sam;

/// <summary>Masks as they leave the decoder, low resolution, with what the decoder thinks of them.</summary>
public sealed class MaskCandidates : IDisposable
{
    private readonly TensorBuffer<float> _logits;

    internal MaskCandidates(IReadOnlyList<(int Prompt, float PredictedIoU)> entries, TensorBuffer<float> logits)
    {
        Entries = entries;
        _logits = logits;
    }

    /// <summary>For each mask the prompt it answers and its predicted IoU, which may leave 0..1.</summary>
    public IReadOnlyList<(int Prompt, float PredictedIoU)> Entries { get; }

    /// <summary>Side of a mask, pixels.</summary>
    public int Size => _logits.Shape[^1];

    /// <summary>Mask logits of one entry, row-major, size×size.</summary>
    public ReadOnlySpan<float> Logits(int entry) => _logits.Span.Slice(entry * Size * Size, Size * Size);

    /// <inheritdoc/>
    public void Dispose() => _logits.Dispose();
}
