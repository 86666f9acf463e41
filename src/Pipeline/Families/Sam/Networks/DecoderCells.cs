using FrozenSeg.Pipeline.Foundation.Graphs;

namespace FrozenSeg.Pipeline.Families.Sam.Networks;

/// <summary>
/// Image cells after a layer norm whose scale and shift have not been applied: the cell is <c>Normal·Scale + Shift</c>.
/// There are 4096 cells and a handful of tokens, so scale and shift are applied to what a cell is multiplied with, and
/// two passes over the cells are saved.
/// </summary>
/// <param name="Rows"><c>[1, B·grid², C]</c>, mean 0 and variance 1 in each row.</param>
/// <param name="Normal">The same rows as <c>[B, grid², C]</c>.</param>
/// <param name="Scale"><c>[C]</c>.</param>
/// <param name="Shift"><c>[C]</c>.</param>
internal sealed record DecoderCells(GraphValue Rows, GraphValue Normal, GraphValue Scale, GraphValue Shift)
{
    /// <summary>The cells themselves.</summary>
    public GraphValue ToValue() => (Normal * Scale) + Shift;
}
