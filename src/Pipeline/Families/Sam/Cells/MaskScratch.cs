using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Families.Sam.Cells;

/// <summary>What a thread needs for one tile of a mask.</summary>
internal sealed unsafe class MaskScratch : IDisposable
{
    private readonly TensorBuffer<float> _memory;

    /// <param name="sizes">Sizes.</param>
    /// <param name="masks">Masks of a prompt.</param>
    public MaskScratch(CellSizes sizes, int masks)
    {
        int half = sizes.Channels / 4, full = sizes.Channels / 8;
        _memory = new TensorBuffer<float>((half + full + masks) * CellSizes.Tile);
        Active = (float*)_memory.Address;
        Pixels = Active + (half * CellSizes.Tile);
        Logits = Pixels + (full * CellSizes.Tile);
    }

    /// <summary><c>[C/4, 64]</c>: one pixel of each cell after the first step.</summary>
    public float* Active { get; }

    /// <summary><c>[C/8, 64]</c>: one pixel of each of those.</summary>
    public float* Pixels { get; }

    /// <summary><c>[masks, 64]</c>.</summary>
    public float* Logits { get; }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();
}
