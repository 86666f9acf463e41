using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Foundation.Imaging;

/// <summary>Finds where in a mask there is room for a label.</summary>
internal static class LabelPlace
{
    /// <summary>
    /// The pixel farthest from the mask's edge, in city-block distance; of a letter C it lies in the bow, not in the
    /// gap.
    /// </summary>
    public static (int X, int Y) Inside(BinaryMask mask)
    {
        int[] distances = DistancesFromTopLeft(mask);
        (int X, int Y) best = default;
        int farthest = 0;
        for (int y = mask.Height - 1, at = distances.Length - 1; y >= 0; y--)
        {
            for (int x = mask.Width - 1; x >= 0; x--, at--)
            {
                int right = x + 1 < mask.Width ? distances[at + 1] : 0,
                    below = y + 1 < mask.Height ? distances[at + mask.Width] : 0;
                distances[at] = Math.Min(distances[at], Math.Min(right, below) + 1);
                if (distances[at] <= farthest)
                    continue;
                farthest = distances[at];
                best = (x, y);
            }
        }

        return best;
    }

    private static int[] DistancesFromTopLeft(BinaryMask mask)
    {
        var distances = new int[mask.Height * mask.Width];
        for (int y = 0, at = 0; y < mask.Height; y++)
        {
            for (int x = 0; x < mask.Width; x++, at++)
            {
                if (!mask[y, x])
                    continue;
                int left = x > 0 ? distances[at - 1] : 0, above = y > 0 ? distances[at - mask.Width] : 0;
                distances[at] = Math.Min(left, above) + 1;
            }
        }

        return distances;
    }
}
