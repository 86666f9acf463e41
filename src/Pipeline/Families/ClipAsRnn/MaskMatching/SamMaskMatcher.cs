using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Regions;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn.MaskMatching;

/// <summary>
/// Snaps CaR's masks to the masks SAM finds in the same picture: those that lie mostly inside a mask, or it inside
/// them, are joined, and the union is taken when it is nearly the same object (car.md 10). Works on runs, without
/// decoding.
/// </summary>
/// <param name="samMasks">All masks of the picture, from automatic mask generation.</param>
/// <param name="options">Thresholds; the defaults are the paper's.</param>
internal sealed class SamMaskMatcher(IReadOnlyList<RunLengthEncoding> samMasks, MaskMatchingOptions? options = null)
{
    private readonly MaskMatchingOptions _options = options ?? new MaskMatchingOptions();
    private readonly int[] _areas = [.. samMasks.Select(mask => mask.Area)];

    /// <summary>Matches one mask.</summary>
    /// <exception cref="ArgumentException">The masks differ in size.</exception>
    public MaskMatch Match(RunLengthEncoding mask)
    {
        int area = mask.Area;
        if (area == 0 || samMasks.Count == 0)
            return new MaskMatch(new float[samMasks.Count], [], Empty(mask), 0, mask);
        float[] scores =
            [.. samMasks.Select((candidate, i) => IoM(RunLengths.Intersection(mask, candidate), area, _areas[i]))];
        int[] kept = [.. Enumerable.Range(0, scores.Length).Where(i => scores[i] > _options.IoMThreshold)];
        if (kept.Length == 0)
            kept = [scores.IndexOf(scores.Max())];
        RunLengthEncoding combined = Union(kept);
        var overlap = (float)RunLengths.IoU(combined, mask);
        return new MaskMatch(scores, kept, combined, overlap, overlap > _options.IoUThreshold ? combined : mask);
    }

    private float IoM(int intersection, int area, int samArea)
    {
        float ofSam = samArea == 0 ? 0 : (float)intersection / samArea, ofMask = (float)intersection / area;
        return ofMask < _options.SmallestShare ? ofMask : MathF.Max(ofSam, ofMask);
    }

    private RunLengthEncoding Union(int[] kept)
    {
        if (kept.Length == 1)
            return samMasks[kept[0]];
        BinaryMask union = samMasks[kept[0]].ToMask();
        foreach (int i in kept.AsSpan(1))
        {
            Span<byte> pixels = union.Pixels;
            ReadOnlySpan<byte> others = samMasks[i].ToMask().Pixels;
            for (int at = 0; at < pixels.Length; at++)
                pixels[at] |= others[at];
        }

        return RunLengthEncoding.FromMask(union);
    }

    private static RunLengthEncoding Empty(RunLengthEncoding like) =>
        new(like.Height, like.Width, [like.Height * like.Width]);
}
