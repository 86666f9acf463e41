using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Benchmarks.FrozenSeg;

/// <summary>
/// Masks and classes as a trained decoder might answer: blobs that overlap here and there, few of them void.
/// </summary>
internal static class SyntheticProposals
{
    public const int Queries = 250;

    private const int Coarse = 8;

    // A fifth of the pixels lies inside a mask.
    private const float Spread = 6, Offset = -3.5f, ClassSpread = 4;

    /// <summary>Mask logits <c>[250, rows, columns]</c>.</summary>
    public static TensorBuffer<float> Masks(int rows, int columns)
    {
        var masks = new TensorBuffer<float>(Queries, rows, columns);
        for (int query = 0; query < Queries; query++)
        {
            float[] coarse = SyntheticNumbers.Floats($"mask {query}", Coarse * Coarse, Spread, Offset);
            PlaneResizer.Resize(
                coarse, Coarse, Coarse, masks.Span.Slice(query * rows * columns, rows * columns), rows, columns);
        }

        return masks;
    }

    /// <summary>
    /// Logarithms of class probabilities up to a constant, 250×(<paramref name="classes"/> + 1), void last.
    /// </summary>
    public static float[] Classes(int classes) =>
        SyntheticNumbers.Floats("classes", Queries * (classes + 1), ClassSpread);
}
