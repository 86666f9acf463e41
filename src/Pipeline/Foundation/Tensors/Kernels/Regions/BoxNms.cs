using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Regions;

/// <summary>Non-maximum suppression of boxes, as torchvision's <c>nms</c>.</summary>
internal static class BoxNms
{
    /// <summary>
    /// Keeps boxes in order of falling score, dropping each that overlaps a kept one by more than
    /// <paramref name="threshold"/>. Equal scores keep the order they came in.
    /// </summary>
    /// <param name="boxes">Boxes; those without area are always kept.</param>
    /// <param name="scores">One a box.</param>
    /// <param name="threshold">IoU, 0..1; a box at exactly this overlap stays.</param>
    /// <returns>Indices of the kept boxes, best first.</returns>
    public static int[] Keep(ReadOnlySpan<BoxXyxy> boxes, ReadOnlySpan<float> scores, double threshold)
    {
        int[] order = OrderByScore(scores);
        var kept = new List<int>(order.Length);
        var suppressed = new bool[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            if (suppressed[i])
                continue;
            kept.Add(order[i]);
            BoxXyxy best = boxes[order[i]];
            for (int j = i + 1; j < order.Length; j++)
                suppressed[j] |= best.IoU(boxes[order[j]]) > threshold;
        }

        return [.. kept];
    }

    private static int[] OrderByScore(ReadOnlySpan<float> scores)
    {
        float[] keys = scores.ToArray();
        return [.. Enumerable.Range(0, keys.Length).OrderByDescending(i => keys[i])];
    }
}
