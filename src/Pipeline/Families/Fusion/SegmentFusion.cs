using FrozenSeg.Pipeline.Families.ClipAsRnn;
using FrozenSeg.Pipeline.Families.FrozenBackbones;
using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Regions;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Pipeline.Families.Fusion;

/// <summary>
/// Joins three opinions: proposals, FrozenSeg's or SAM 3's, of the classes that CLIP as RNN let survive, what the
/// surviving prompts found and the proposals missed, and SAM's masks for the shape.
/// </summary>
/// <param name="options">Thresholds.</param>
internal sealed class SegmentFusion(FusionOptions options)
{
    /// <summary>Name of the method.</summary>
    public const string MethodName = "fused";

    private static readonly string[] Prefixes =
        [FrozenSegMethod.FrozenSegName + ".", CarMethod.MethodName + ".", AutomaskMethod.MethodName + "."];

    /// <summary>The joined answer.</summary>
    /// <param name="proposals">The panoptic outcome of FrozenSeg, of SAM 3, or the segments of both.</param>
    /// <param name="prompts">CLIP as RNN's semantic outcome: its segments are the prompts that survived.</param>
    /// <param name="masks">SAM's automatic masks of the same picture.</param>
    /// <param name="order">What was asked.</param>
    public SegmentationOutcome Fuse(
        SegmentationOutcome proposals, SegmentationOutcome prompts, SegmentationOutcome masks, SegmentationOrder order)
    {
        SegmentCandidate[] survivors = [.. Candidates(prompts)];
        HashSet<int> alive = [.. survivors.Select(survivor => survivor.Category)];
        SegmentCandidate[] kept = [.. Candidates(proposals)
            .Where(proposal => alive.Contains(proposal.Category) || proposal.Score >= options.KeepScore)];
        SegmentCandidate[] missed = [.. survivors.Where(survivor => IsMissed(survivor, kept))];

        RunLengthEncoding[] shapes = [.. masks.Segments.Select(segment => segment.Segmentation.Decode())];
        SegmentCandidate[] snapped = [.. kept.Concat(missed).Select(candidate => Snap(candidate, shapes))];
        return Compose(snapped, order, [proposals, prompts, masks], prompts);
    }

    private static IEnumerable<SegmentCandidate> Candidates(SegmentationOutcome outcome)
    {
        foreach (ResultSegment segment in outcome.Segments)
        {
            if (segment is { Category: int category, Area: > 0 })
                yield return new SegmentCandidate(
                    category, segment.Segmentation.Decode(), segment.Score, segment.Source)
                {
                    Concept = segment.Concept,
                };
        }
    }

    private bool IsMissed(SegmentCandidate survivor, SegmentCandidate[] kept)
    {
        int covered = kept.Where(proposal => proposal.Category == survivor.Category)
            .Sum(proposal => RunLengths.Intersection(proposal.Mask, survivor.Mask));
        return covered < options.CoveredShare * survivor.Mask.Area;
    }

    private SegmentCandidate Snap(SegmentCandidate candidate, RunLengthEncoding[] shapes)
    {
        (RunLengthEncoding? best, double iou) = (null, 0);
        foreach (RunLengthEncoding shape in shapes)
        {
            double overlap = RunLengths.IoU(candidate.Mask, shape);
            if (overlap > iou)
                (best, iou) = (shape, overlap);
        }

        return best is not null && iou >= options.SnapIoU
            ? candidate with { Mask = best, SnappedIoU = iou }
            : candidate;
    }

    private SegmentationOutcome Compose(
        SegmentCandidate[] candidates,
        SegmentationOrder order,
        SegmentationOutcome[] parts,
        SegmentationOutcome prompts)
    {
        LabelMap? panoptic = null;
        var segments = new List<ResultSegment>();
        if (candidates.Length > 0)
        {
            RunLengthEncoding size = candidates[0].Mask;
            panoptic = new LabelMap(size.Height, size.Width);
            segments = SegmentCanvas.Paint(panoptic, candidates, order.Vocabulary!, options.VisibleShare);
        }
        else if (FirstMap(parts) is LabelMap map)
        {
            panoptic = new LabelMap(map.Height, map.Width);
        }

        return new SegmentationOutcome
        {
            Segments = segments,
            Models = [.. parts.SelectMany(part => part.Models).Distinct()],
            Settings = Settings(parts),
            Timings = [],
            Panoptic = order.Tasks.Contains(SegmentationTask.Panoptic) ? panoptic : null,
            Semantic = order.Tasks.Contains(SegmentationTask.Semantic) && panoptic is not null
                ? Semantic(panoptic, segments)
                : null,
            Background = prompts.Background,
            Trace = prompts.Trace,
            Warnings = [.. parts.SelectMany(part => part.Warnings).Distinct()],
        };
    }

    private static LabelMap? FirstMap(SegmentationOutcome[] parts) =>
        parts.Select(part => part.Panoptic ?? part.Semantic).FirstOrDefault(map => map is not null);

    private static LabelMap Semantic(LabelMap panoptic, List<ResultSegment> segments)
    {
        Dictionary<int, int> categories = segments.ToDictionary(
            segment => segment.Id, segment => segment.Category!.Value);
        return new LabelMap(panoptic.Height, panoptic.Width, Array.ConvertAll(
            panoptic.Labels.ToArray(), id => categories.GetValueOrDefault(id, SegmentationOutcome.VoidIndex)));
    }

    private Dictionary<string, string> Settings(SegmentationOutcome[] parts)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string prefix, SegmentationOutcome part) in Prefixes.Zip(parts))
        {
            // Proposers that were chosen among several have put their names before.
            foreach ((string name, string value) in part.Settings)
                settings[name.Contains('.', StringComparison.Ordinal) ? name : prefix + name] = value;
        }

        foreach ((string name, string value) in FusionOptions.Table.Describe(options))
            settings[name] = value;
        return settings;
    }
}
