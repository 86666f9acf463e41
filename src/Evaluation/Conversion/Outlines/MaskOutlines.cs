using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Regions;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Evaluation.Conversion.Outlines;

/// <summary>
/// Follows the edges between the pixels of a mask and the rest. Pixels that touch at a corner only belong to different
/// parts, so no ring crosses itself.
/// </summary>
internal static class MaskOutlines
{
    // Right, down, left, up.
    private static readonly (int X, int Y)[] Steps = [(1, 0), (0, 1), (-1, 0), (0, -1)];

    /// <summary>The parts of a mask, in the order a raster scan meets them.</summary>
    public static IReadOnlyList<MaskPart> Of(BinaryMask mask)
    {
        ConnectedComponents components = ConnectedComponents.Of(mask, Connectivity.Four);
        var exteriors = new IReadOnlyList<(int X, int Y)>?[components.Count];
        var holes = exteriors.Select(_ => new List<IReadOnlyList<(int X, int Y)>>()).ToArray();
        // Bit d of an edge map says that an edge leaves this corner in direction d, the mask on its right.
        byte[] edges = Edges(mask);
        int stride = mask.Width + 1;
        for (int corner = 0; corner < edges.Length; corner++)
        {
            while (edges[corner] != 0)
            {
                int direction = int.TrailingZeroCount(edges[corner]);
                int part = components.Labels[PixelRightOf(corner % stride, corner / stride, direction, mask.Width)] - 1;
                List<(int X, int Y)> ring = Follow(edges, stride, corner, direction);
                if (IsClockwise(ring))
                    exteriors[part] = ring;
                else
                    holes[part].Add(ring);
            }
        }

        return [.. exteriors.Select((exterior, part) => new MaskPart(exterior!, holes[part]))];
    }

    private static byte[] Edges(BinaryMask mask)
    {
        int stride = mask.Width + 1;
        var edges = new byte[stride * (mask.Height + 1)];
        for (int y = 0; y < mask.Height; y++)
        {
            for (int x = 0; x < mask.Width; x++)
            {
                if (!mask[y, x])
                    continue;
                int corner = (y * stride) + x;
                if (y == 0 || !mask[y - 1, x])
                    edges[corner] |= 1;
                if (x + 1 == mask.Width || !mask[y, x + 1])
                    edges[corner + 1] |= 2;
                if (y + 1 == mask.Height || !mask[y + 1, x])
                    edges[corner + stride + 1] |= 4;
                if (x == 0 || !mask[y, x - 1])
                    edges[corner + stride] |= 8;
            }
        }

        return edges;
    }

    private static List<(int X, int Y)> Follow(byte[] edges, int stride, int start, int direction)
    {
        var ring = new List<(int X, int Y)>();
        int corner = start, previous = -1;
        while ((edges[corner] & (1 << direction)) != 0)
        {
            if (direction != previous)
                ring.Add((corner % stride, corner / stride));
            edges[corner] &= (byte)~(1 << direction);
            corner += Steps[direction].X + (Steps[direction].Y * stride);
            previous = direction;
            // Where two pixels touch at a corner, the turn to the right stays with the same pixel.
            int right = (direction + 1) % 4, left = (direction + 3) % 4;
            direction = (edges[corner] & (1 << right)) != 0
                ? right
                : (edges[corner] & (1 << direction)) != 0
                ? direction
                : left;
        }

        // The walk may have begun in the middle of a side.
        if (ring.Count > 1 && previous == DirectionOf(ring[0], ring[1]))
            ring.RemoveAt(0);
        return ring;
    }

    private static int DirectionOf((int X, int Y) from, (int X, int Y) to) =>
        to.X > from.X ? 0 : to.Y > from.Y ? 1 : to.X < from.X ? 2 : 3;

    private static int PixelRightOf(int x, int y, int direction, int width) => direction switch
    {
        0 => (y * width) + x,
        1 => (y * width) + x - 1,
        2 => ((y - 1) * width) + x - 1,
        _ => ((y - 1) * width) + x,
    };

    private static bool IsClockwise(List<(int X, int Y)> ring)
    {
        long area = 0;
        for (int i = 0; i < ring.Count; i++)
        {
            (int x0, int y0) = ring[i];
            (int x1, int y1) = ring[(i + 1) % ring.Count];
            area += ((long)x0 * y1) - ((long)x1 * y0);
        }

        return area > 0;
    }
}
