using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Families.Sam.Cells;

/// <summary>What a thread needs for one tile.</summary>
internal sealed unsafe class CellScratch : IDisposable
{
    private readonly TensorBuffer<float> _memory;

    /// <param name="sizes">Sizes.</param>
    public CellScratch(CellSizes sizes)
    {
        int tile = CellSizes.Tile, pairs = sizes.Pairs;
        _memory = new TensorBuffer<float>(((5 * pairs) + sizes.CrossWidth + 2) * tile);
        Logits = (float*)_memory.Address;
        Products = Logits + (pairs * tile);
        Transposed = Products + (2 * pairs * tile);
        Table = Transposed + (2 * pairs * tile);
        Squares = Table + (sizes.CrossWidth * tile);
        Deviations = Squares + tile;
    }

    /// <summary><c>[pairs, 64]</c>.</summary>
    public float* Logits { get; }

    /// <summary><c>[2·pairs, 64]</c>: products of the weights with each other.</summary>
    public float* Products { get; }

    /// <summary><c>[64, 2·pairs]</c>: the weights, cells first.</summary>
    public float* Transposed { get; }

    /// <summary><c>[cross width, 64]</c>: a table of the picture, scaled for a prompt.</summary>
    public float* Table { get; }

    /// <summary><c>[64]</c>: squared lengths of cells.</summary>
    public float* Squares { get; }

    /// <summary><c>[64]</c>: deviations of cells.</summary>
    public float* Deviations { get; }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();
}
