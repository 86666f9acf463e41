using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Families.Sam3;

/// <summary>
/// RoIAlign (He et al. 2017) of a box on a square map, without the half-pixel shift and with ⌈side/bins⌉ samples a bin,
/// as two small matrices: sampling is separable, so that a bin is <c>rows · map · columns</c> (sam3.md 2.2, item 2).
/// </summary>
internal static class BoxPooling
{
    /// <summary>Weights of the map's lines in each bin of a box, along one axis.</summary>
    /// <param name="start">Where the box begins, in cells; may lie outside.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="cells">Lines of the map, G.</param>
    /// <param name="bins">Bins of the box.</param>
    /// <returns>bins × G.</returns>
    public static float[] Weights(float start, float end, int cells, int bins)
    {
        var weights = new float[bins * cells];
        float bin = MathF.Max(end - start, 1) / bins;
        int samples = (int)MathF.Ceiling(bin);
        for (int i = 0; i < bins * samples; i++)
        {
            (int at, int sample) = Math.DivRem(i, samples);
            float place = start + (at * bin) + ((sample + 0.5f) * bin / samples);
            if (place < -1 || place > cells)
                continue;
            float inside = MathF.Max(place, 0);
            int low = Math.Min((int)inside, cells - 1), high = Math.Min(low + 1, cells - 1);
            float share = low == cells - 1 ? 0 : inside - low;
            weights[(at * cells) + low] += (1 - share) / samples;
            weights[(at * cells) + high] += share / samples;
        }

        return weights;
    }

    /// <summary>The matrices of several boxes.</summary>
    /// <param name="boxes">Centre x, centre y, width and height in 0..1.</param>
    /// <param name="cells">Lines of the map, G.</param>
    /// <param name="bins">Bins of a box, b.</param>
    /// <returns><c>[k, 1, b, G]</c> for rows and <c>[k, 1, G, b]</c> for columns.</returns>
    public static (TensorBuffer<float> Rows, TensorBuffer<float> Columns) Matrices(
        IReadOnlyList<Sam3Exemplar> boxes, int cells, int bins)
    {
        var rows = new float[boxes.Count * bins * cells];
        var columns = new float[rows.Length];
        for (int k = 0; k < boxes.Count; k++)
        {
            Sam3Exemplar box = boxes[k];
            int at = k * bins * cells;
            Weights((box.CentreY - (box.Height / 2)) * cells, (box.CentreY + (box.Height / 2)) * cells, cells, bins)
                .CopyTo(rows, at);
            float[] across = Weights(
                (box.CentreX - (box.Width / 2)) * cells, (box.CentreX + (box.Width / 2)) * cells, cells, bins);
            for (int i = 0; i < across.Length; i++)
                columns[at + (i % cells * bins) + (i / cells)] = across[i];
        }

        return (TensorBuffer<float>.From(rows, boxes.Count, 1, bins, cells),
            TensorBuffer<float>.From(columns, boxes.Count, 1, cells, bins));
    }
}
