using System.Globalization;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Serving.Workflow.Stages;

/// <summary>
/// Gives segments the ids of the prompts they answer, and leaves out those below a prompt's threshold.
/// </summary>
internal static class PromptAnswers
{
    public static SegmentationOutcome Apply(SegmentationOutcome outcome, IReadOnlyList<SegmentationPrompt> prompts)
    {
        ResultSegment[] named = [.. outcome.Segments.Select(segment => Named(segment, prompts))];
        HashSet<int> dropped = [.. named.Where(segment => IsBelow(segment, prompts)).Select(segment => segment.Id)];
        return outcome with
        {
            Segments = [.. named.Where(segment => !dropped.Contains(segment.Id))],
            Panoptic = outcome.Panoptic is null || dropped.Count == 0
                ? outcome.Panoptic
                : Without(outcome.Panoptic, dropped, 0),
            Semantic = outcome.Semantic is null ? null : WithoutPixels(outcome.Semantic, named, dropped),
        };
    }

    private static ResultSegment Named(ResultSegment segment, IReadOnlyList<SegmentationPrompt> prompts) =>
        segment.Category is int category && category < prompts.Count
            ? segment with { Prompt = prompts[category].Id ?? (category + 1).ToString(CultureInfo.InvariantCulture) }
            : segment;

    private static bool IsBelow(ResultSegment segment, IReadOnlyList<SegmentationPrompt> prompts) =>
        segment.Category is int category && category < prompts.Count && segment.Score < prompts[category].Threshold;

    private static LabelMap Without(LabelMap map, HashSet<int> labels, int none) =>
        new(map.Height, map.Width, Array.ConvertAll(
            map.Labels.ToArray(), label => labels.Contains(label) ? none : label));

    // A class all of whose segments are gone is gone; one that keeps a segment keeps its pixels outside the dropped
    // ones.
    private static LabelMap WithoutPixels(LabelMap semantic, ResultSegment[] segments, HashSet<int> dropped)
    {
        if (dropped.Count == 0)
            return semantic;
        HashSet<int> kept =
            [.. segments.Where(segment => !dropped.Contains(segment.Id)).Select(segment => segment.Category ?? -1)];
        HashSet<int> gone = [.. segments.Where(segment => dropped.Contains(segment.Id))
            .Select(segment => segment.Category ?? -1).Where(category => !kept.Contains(category))];
        LabelMap cleared = Without(semantic, gone, SegmentationOutcome.VoidIndex);
        foreach (ResultSegment segment in
            segments.Where(segment => dropped.Contains(segment.Id) && kept.Contains(segment.Category ?? -1)))
            Clear(cleared, segment);
        return cleared;
    }

    private static void Clear(LabelMap semantic, ResultSegment segment)
    {
        ReadOnlySpan<byte> pixels = segment.Segmentation.Decode().ToMask().Pixels;
        Span<int> labels = semantic.Labels;
        for (int i = 0; i < labels.Length; i++)
        {
            if (pixels[i] != 0 && labels[i] == segment.Category)
                labels[i] = SegmentationOutcome.VoidIndex;
        }
    }
}
