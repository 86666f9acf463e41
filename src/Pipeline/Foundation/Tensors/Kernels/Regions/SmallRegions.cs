using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Regions;

/// <summary>Clears small holes and islands out of masks, as SAM's <c>remove_small_regions</c> (sam.md 6).</summary>
internal static class SmallRegions
{
    /// <summary>Fills holes of fewer than <paramref name="area"/> pixels.</summary>
    /// <returns>Whether anything changed; the mask is changed in place.</returns>
    public static bool FillHoles(BinaryMask mask, int area)
    {
        // Background that touches the border counts as a hole too, as in the released code: a small corner is filled.
        var holes = ConnectedComponents.Of(mask, Connectivity.Eight, value: false);
        bool changed = false;
        Span<byte> pixels = mask.Pixels;
        for (int at = 0; at < pixels.Length; at++)
        {
            int hole = holes.Labels[at];
            if (hole == 0 || holes.Areas[hole] >= area)
                continue;
            pixels[at] = 1;
            changed = true;
        }

        return changed;
    }

    /// <summary>
    /// Removes islands of fewer than <paramref name="area"/> pixels; if all are small, the largest stays.
    /// </summary>
    /// <returns>Whether there was a small island; the mask is changed in place.</returns>
    public static bool RemoveIslands(BinaryMask mask, int area)
    {
        var islands = ConnectedComponents.Of(mask, Connectivity.Eight);
        var keep = new bool[islands.Areas.Length];
        int largest = 1;
        bool anyKept = false, anySmall = false;
        for (int island = 1; island <= islands.Count; island++)
        {
            keep[island] = islands.Areas[island] >= area;
            anyKept |= keep[island];
            anySmall |= !keep[island];
            if (islands.Areas[island] > islands.Areas[largest])
                largest = island;
        }

        if (!anySmall)
            return false;
        // A mask never vanishes. Of equal ones the first stays, as NumPy's argmax has it.
        if (!anyKept)
            keep[largest] = true;
        Span<byte> pixels = mask.Pixels;
        for (int at = 0; at < pixels.Length; at++)
            pixels[at] = keep[islands.Labels[at]] ? (byte)1 : (byte)0;
        return true;
    }
}
