using System.Numerics.Tensors;

namespace FrozenSeg.Pipeline.Families.Sam.Interaction;

/// <summary>Which masks look like an example: cosines of what the encoder sees under them.</summary>
internal static class Likeness
{
    /// <summary>The candidates at least as like as the threshold, the most alike first.</summary>
    /// <param name="example">Vector of the example, of length 1.</param>
    /// <param name="candidates">Vectors of the candidates, of length 1.</param>
    /// <param name="threshold">Smallest cosine, −1..1.</param>
    /// <returns>Index and cosine of each.</returns>
    public static IReadOnlyList<(int Index, float Cosine)> Rank(
        float[] example, IReadOnlyList<float[]> candidates, float threshold) =>
    [
        .. candidates.Select(
            (candidate, index) => (Index: index, Cosine: TensorPrimitives.Dot<float>(example, candidate)))
            .Where(entry => entry.Cosine >= threshold)
            .OrderByDescending(entry => entry.Cosine)
            .ThenBy(entry => entry.Index),
    ];
}
