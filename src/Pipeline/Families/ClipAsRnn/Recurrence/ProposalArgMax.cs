using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn.Recurrence;

/// <summary>The likeliest query of each pixel, without a CRF.</summary>
internal static class ProposalArgMax
{
    /// <summary>
    /// For each pixel the place of a proposal from 1 on; 0 where the background, (1 − max y)^factor, is likelier.
    /// </summary>
    /// <param name="proposals">One proposal is looked at at a time.</param>
    /// <param name="hasBackground">Whether a pixel may belong to none.</param>
    /// <param name="backgroundFactor">Exponent of the background's score.</param>
    public static LabelMap Of(SoftMasks proposals, bool hasBackground, float backgroundFactor)
    {
        var labels = new LabelMap(proposals.Height, proposals.Width);
        var best = new float[proposals.Height * proposals.Width];
        Array.Fill(best, -1);
        var proposal = new float[best.Length];
        for (int i = 0; i < proposals.Count; i++)
        {
            proposals.Write(i, proposal);
            for (int at = 0; at < best.Length; at++)
            {
                if (proposal[at] <= best[at])
                    continue;
                best[at] = proposal[at];
                labels.Labels[at] = i + 1;
            }
        }

        for (int at = 0; hasBackground && at < best.Length; at++)
        {
            // Of equals the background is the first.
            if (MathF.Pow(1 - best[at], backgroundFactor) >= best[at])
                labels.Labels[at] = 0;
        }

        return labels;
    }
}
