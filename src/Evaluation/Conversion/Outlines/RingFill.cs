using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Regions;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Evaluation.Conversion.Outlines;

/// <summary>
/// Fills rings as the tools that read polygons do, to see what is left of a mask. Rings count even and odd: holes are
/// rings too.
/// </summary>
internal static class RingFill
{
    /// <summary>
    /// Pixels whose centre lies inside: how GIS tools and shape libraries see a polygon along the pixels' edges.
    /// </summary>
    /// <param name="rings">Corners in pixels, 0 being the first pixel's outer edge.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    public static BinaryMask Centres(IReadOnlyList<IReadOnlyList<(int X, int Y)>> rings, int height, int width)
    {
        var mask = new BinaryMask(height, width);
        for (int y = 0; y < height; y++)
        {
            double[] crossings = Crossings(rings, y + 0.5);
            for (int i = 0; i + 1 < crossings.Length; i += 2)
                Fill(mask, y, (int)Math.Ceiling(crossings[i] - 0.5), (int)Math.Ceiling(crossings[i + 1] - 0.5) - 1);
        }

        return mask;
    }

    /// <summary>
    /// Pixels inside and on the border: OpenCV's <c>fillPoly</c>, which Ultralytics reads labels with.
    /// </summary>
    /// <param name="rings">Corners as pixels.</param>
    /// <inheritdoc cref="Centres"/>
    public static BinaryMask WithBorder(IReadOnlyList<IReadOnlyList<(int X, int Y)>> rings, int height, int width)
    {
        var mask = new BinaryMask(height, width);
        for (int y = 0; y < height; y++)
        {
            double[] crossings = Crossings(rings, y);
            for (int i = 0; i + 1 < crossings.Length; i += 2)
                Fill(mask, y, (int)Math.Ceiling(crossings[i]), (int)Math.Floor(crossings[i + 1]));
        }

        foreach (IReadOnlyList<(int X, int Y)> ring in rings)
        {
            for (int i = 0; i < ring.Count; i++)
                Line(mask, ring[i], ring[(i + 1) % ring.Count]);
        }

        return mask;
    }

    /// <summary>How much of a mask is left, and no more: their IoU.</summary>
    public static double Overlap(BinaryMask mask, BinaryMask filled) =>
        RunLengths.IoU(RunLengthEncoding.FromMask(mask), RunLengthEncoding.FromMask(filled));

    // Where edges cross a row, from left to right. An edge belongs to the rows from its upper end to above its lower
    // one.
    private static double[] Crossings(IReadOnlyList<IReadOnlyList<(int X, int Y)>> rings, double row)
    {
        var crossings = new List<double>();
        foreach (IReadOnlyList<(int X, int Y)> ring in rings)
        {
            for (int i = 0; i < ring.Count; i++)
            {
                (int X, int Y) from = ring[i], to = ring[(i + 1) % ring.Count];
                if (from.Y <= row != to.Y <= row)
                    crossings.Add(from.X + ((row - from.Y) / (to.Y - from.Y) * (to.X - from.X)));
            }
        }

        crossings.Sort();
        return [.. crossings];
    }

    private static void Fill(BinaryMask mask, int y, int first, int last)
    {
        for (int x = Math.Max(first, 0); x <= Math.Min(last, mask.Width - 1); x++)
            mask[y, x] = true;
    }

    private static void Line(BinaryMask mask, (int X, int Y) from, (int X, int Y) to)
    {
        int steps = Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y));
        for (int step = 0; step <= steps; step++)
        {
            double share = steps == 0 ? 0 : (double)step / steps;
            int x = (int)Math.Round(from.X + (share * (to.X - from.X))),
                y = (int)Math.Round(from.Y + (share * (to.Y - from.Y)));
            if (x >= 0 && y >= 0 && x < mask.Width && y < mask.Height)
                mask[y, x] = true;
        }
    }
}
