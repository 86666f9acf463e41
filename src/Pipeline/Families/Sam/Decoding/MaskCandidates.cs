using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Families.Sam.Decoding;

/// <summary>Masks as they leave the decoder, low resolution, with what the decoder thinks of them.</summary>
internal sealed class MaskCandidates : IDisposable
{
    private readonly IReadOnlyList<TensorBuffer<float>> _parts;
    private readonly (TensorBuffer<float> Part, int Index)[] _masks;

    /// <param name="entries">Prompt and predicted IoU of each mask.</param>
    /// <param name="parts">The masks' logits, [n, S, S] each, in order; disposed with this.</param>
    internal MaskCandidates(
        IReadOnlyList<(int Prompt, float PredictedIoU)> entries, IReadOnlyList<TensorBuffer<float>> parts)
    {
        Entries = entries;
        Size = parts[0].Shape[^1];
        _parts = parts;
        _masks = [.. parts.SelectMany(part => Enumerable.Range(0, part.Shape[0]).Select(index => (part, index)))];
    }

    /// <summary>For each mask the prompt it answers and its predicted IoU, which may leave 0..1.</summary>
    public IReadOnlyList<(int Prompt, float PredictedIoU)> Entries { get; }

    /// <summary>Side of a mask, pixels.</summary>
    public int Size { get; }

    /// <summary>Mask logits of one entry, row-major, size×size.</summary>
    public ReadOnlySpan<float> Logits(int entry)
    {
        (TensorBuffer<float> part, int index) = _masks[entry];
        return part.Span.Slice(index * Size * Size, Size * Size);
    }


    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (TensorBuffer<float> part in _parts)
            part.Dispose();
    }
}
