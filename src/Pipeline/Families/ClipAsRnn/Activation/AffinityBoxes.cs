using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Regions;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn.Activation;

/// <summary>
/// The boxes that limit the affinity (car.md 5, step 4): one around each part of a map that is bright enough.
/// </summary>
internal static class AffinityBoxes
{
    /// <summary>Boxes x0, y0, x1, y1 in patches; x1 and y1 exclusive.</summary>
    /// <param name="map">h·w floats, 0..1.</param>
    /// <param name="grid">The patches.</param>
    /// <param name="threshold">λ: share of the brightest value.</param>
    public static IReadOnlyList<(int X0, int Y0, int X1, int Y1)> Of(
        ReadOnlySpan<float> map, PatchGrid grid, double threshold)
    {
        int[] levels = new int[map.Length];
        for (int i = 0; i < levels.Length; i++)
            levels[i] = (byte)(map[i] * 255);
        int limit = (int)(threshold * levels.Max());
        var bright = new BinaryMask(
            grid.Rows, grid.Columns, Array.ConvertAll(levels, level => level > limit ? (byte)1 : (byte)0));
        var parts = ConnectedComponents.Of(bright, Connectivity.Eight);
        var boxes = new (int X0, int Y0, int X1, int Y1)[parts.Count];
        Array.Fill(boxes, (int.MaxValue, int.MaxValue, 0, 0));
        for (int at = 0; at < parts.Labels.Length; at++)
        {
            if (parts.Labels[at] == 0)
                continue;
            ref (int X0, int Y0, int X1, int Y1) box = ref boxes[parts.Labels[at] - 1];
            int x = at % grid.Columns, y = at / grid.Columns;
            box = (Math.Min(box.X0, x), Math.Min(box.Y0, y), Math.Max(box.X1, x + 1), Math.Max(box.Y1, y + 1));
        }

        // As released, the last row and column are never inside a box.
        return Array.ConvertAll(
            boxes, box => box with { X1 = Math.Min(box.X1, grid.Columns - 1), Y1 = Math.Min(box.Y1, grid.Rows - 1) });
    }

    /// <summary>The map inside its boxes, 0 elsewhere.</summary>
    public static void Limit(ReadOnlySpan<float> map, PatchGrid grid, double threshold, Span<float> limited)
    {
        limited.Clear();
        foreach ((int x0, int y0, int x1, int y1) in Of(map, grid, threshold))
        {
            for (int y = y0; y < y1; y++)
            {
                for (int x = x0; x < x1; x++)
                    limited[(y * grid.Columns) + x] = map[(y * grid.Columns) + x];
            }
        }
    }
}
