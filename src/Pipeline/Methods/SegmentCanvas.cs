using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Results;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Pipeline.Methods;

/// <summary>
/// Lays candidates on a picture so that each pixel belongs to one: the surer one wins, proposals before prompts.
/// </summary>
internal static class SegmentCanvas
{
    /// <summary>Paints the candidates' ids.</summary>
    /// <param name="canvas">Zeros; filled with ids.</param>
    /// <param name="candidates">The candidates.</param>
    /// <param name="words">The vocabulary.</param>
    /// <param name="visibleShare">Least share of a candidate that must stay visible.</param>
    /// <returns>The segments, by id.</returns>
    public static List<ResultSegment> Paint(
        LabelMap canvas, IReadOnlyList<SegmentCandidate> candidates, Vocabulary words, double visibleShare)
    {
        var painted = new List<(int Id, SegmentCandidate Candidate)>();
        var stuff = new Dictionary<int, int>();
        foreach (SegmentCandidate candidate in candidates
            .OrderBy(candidate => candidate.Source is SegmentSource.Car)
            .ThenByDescending(candidate => candidate.Score)
            .ThenByDescending(candidate => candidate.Mask.Area))
        {
            BinaryMask mask = candidate.Mask.ToMask();
            if (Visible(canvas, mask) < Math.Max(1, visibleShare * candidate.Mask.Area))
                continue;
            // All pixels of one kind of stuff are one segment.
            bool isStuff = words[candidate.Category].Kind is CategoryKind.Stuff;
            if (!isStuff || !stuff.TryGetValue(candidate.Category, out int id))
            {
                id = painted.Count + 1;
                painted.Add((id, candidate));
                if (isStuff)
                    stuff[candidate.Category] = id;
            }

            Fill(canvas, mask, id);
        }

        return [.. painted.Select(entry => Segment(canvas, entry.Id, entry.Candidate, words))];
    }

    private static int Visible(LabelMap canvas, BinaryMask mask)
    {
        ReadOnlySpan<int> labels = canvas.Labels;
        ReadOnlySpan<byte> pixels = mask.Pixels;
        int visible = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            if (pixels[i] != 0 && labels[i] == 0)
                visible++;
        }

        return visible;
    }

    private static void Fill(LabelMap canvas, BinaryMask mask, int id)
    {
        Span<int> labels = canvas.Labels;
        ReadOnlySpan<byte> pixels = mask.Pixels;
        for (int i = 0; i < labels.Length; i++)
        {
            if (pixels[i] != 0 && labels[i] == 0)
                labels[i] = id;
        }
    }

    private static ResultSegment Segment(LabelMap canvas, int id, SegmentCandidate candidate, Vocabulary words)
    {
        Category category = words[candidate.Category];
        return ResultSegment.Of(
            id,
            RunLengthEncoding.FromMask(canvas.MaskOf(id)),
            candidate.Category,
            category.Name,
            null,
            candidate.Score,
            category.Kind is CategoryKind.Thing,
            candidate.Source) with
        { SnappedIoU = candidate.SnappedIoU, Concept = candidate.Concept };
    }
}
