using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Regions;

namespace FrozenSeg.Pipeline.Families.Sam3.Concepts;

/// <summary>
/// One mask for each object: of those that several queries, phrases or views found the best stays, and what borders of
/// tiles cut is joined. Masks meet as run lengths.
/// </summary>
/// <param name="nmsThreshold">Masks of one class that overlap more, IoU, are the same object.</param>
internal sealed class ConceptMerging(double nmsThreshold)
{
    // Of two views' masks, the share of the smaller that the larger covers when both show one object.
    private const double SameObject = 0.5;

    /// <summary>The masks that stay, the best first.</summary>
    public List<ConceptMask> Merge(IEnumerable<ConceptMask> found)
    {
        var kept = new List<ConceptMask>();
        // The whole picture comes first: a tile adds to it what it missed.
        foreach (ConceptMask mask in
            found.Where(mask => mask.Mask.Area > 0).OrderBy(mask => mask.View > 0).ThenByDescending(mask => mask.Score))
            Add(kept, mask);
        return [.. kept.OrderByDescending(mask => mask.Score)];
    }

    private void Add(List<ConceptMask> kept, ConceptMask mask)
    {
        for (int i = 0; i < kept.Count; i++)
        {
            ConceptMask other = kept[i];
            if (other.Category != mask.Category)
                continue;
            int shared = RunLengths.Intersection(other.Mask, mask.Mask);
            if (shared == 0)
                continue;
            if ((double)shared / (other.Mask.Area + mask.Mask.Area - shared) > nmsThreshold)
                return;
            if (mask.View == other.View || shared <= SameObject * SharedAtMost(other, mask))
                continue;
            if (other.View > 0)
                kept[i] = other with { Mask = RunLengths.Union(other.Mask, mask.Mask) };
            return;
        }

        kept.Add(mask);
    }

    private static int SharedAtMost(ConceptMask a, ConceptMask b) => Math.Min(a.Mask.Area, b.Mask.Area);
}
