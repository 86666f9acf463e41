using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Families.Sam.Cells;

/// <summary>
/// What is kept of every cell between the passes: the weights of both writes, and what the norms behind them multiply
/// with. A cell is never written out.
/// </summary>
internal sealed unsafe class CellWorkspace : IDisposable
{
    private readonly CellSizes _sizes;
    private readonly TensorBuffer<float> _mixtures;
    private readonly TensorBuffer<float> _norms;
    private readonly TensorBuffer<float> _softmax;

    /// <param name="sizes">Sizes.</param>
    /// <param name="prompts">Most prompts at a time.</param>
    public CellWorkspace(CellSizes sizes, int prompts)
    {
        _sizes = sizes;
        Prompts = prompts;
        _mixtures = new TensorBuffer<float>(prompts, sizes.Tiles, 2 * sizes.Pairs * CellSizes.Tile);
        _norms = new TensorBuffer<float>(prompts, 2, sizes.Cells);
        _softmax = new TensorBuffer<float>(prompts, RunningSoftmax.StateSize(sizes.Pairs));
    }

    /// <summary>Most prompts at a time.</summary>
    public int Prompts { get; }

    /// <summary>Whether it is large enough for <paramref name="prompts"/> prompts of these sizes.</summary>
    public bool Fits(CellSizes sizes, int prompts) => sizes == _sizes && prompts <= Prompts;

    /// <summary><c>[2·pairs, 64]</c>: weights of the first write times its norm, then weights of the second.</summary>
    public float* Mixture(int prompt, int tile) =>
        (float*)_mixtures.Address + (((long)prompt * _sizes.Tiles) + tile) * 2 * _sizes.Pairs * CellSizes.Tile;

    /// <summary>What the norm behind write 0 or 1 multiplies the 64 cells of a tile with.</summary>
    public float* Norm(int prompt, int write, int tile) =>
        (float*)_norms.Address + (((long)prompt * 2) + write) * _sizes.Cells + (tile * CellSizes.Tile);

    /// <summary>State of the softmax under way.</summary>
    public float* Softmax(int prompt) =>
        (float*)_softmax.Address + ((long)prompt * RunningSoftmax.StateSize(_sizes.Pairs));

    /// <inheritdoc/>
    public void Dispose()
    {
        _mixtures.Dispose();
        _norms.Dispose();
        _softmax.Dispose();
    }
}
