using FrozenSeg.Pipeline.Foundation.Imaging.Png;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Evaluation.Formats;

/// <summary>
/// A document's segments by the task they answer: one of both tasks lists panoptic segments, and instances after them.
/// </summary>
/// <param name="Panoptic">Segments that do not overlap, things and stuff.</param>
/// <param name="Instances">Segments that may overlap.</param>
internal sealed record JointAnswers(IReadOnlyList<ResultSegment> Panoptic, IReadOnlyList<ResultSegment> Instances)
{
    /// <summary>
    /// Tells the segments of a document apart; where one task was asked for they are all on both sides.
    /// </summary>
    /// <param name="folder">The folder with the files the document names.</param>
    /// <param name="result">The document.</param>
    public static JointAnswers Of(string folder, SegmentationResult result)
    {
        if (!Asks(result, SegmentationTask.Panoptic) || !Asks(result, SegmentationTask.Instance))
            return new JointAnswers(result.Segments, result.Segments);
        ResultSegment[] panoptic = result.Files.Panoptic is string map
            ? [.. InMap(Path.Combine(folder, map), result.Segments)]
            : [.. result.Segments.Take(FirstOverlapping(result))];
        HashSet<int> ids = [.. panoptic.Select(segment => segment.Id)];
        ResultSegment[] others = [.. result.Segments.Where(segment => !ids.Contains(segment.Id))];
        // "fused" answers both tasks with the same segments.
        return new JointAnswers(panoptic, others.Length > 0 ? others : panoptic);
    }

    private static bool Asks(SegmentationResult result, SegmentationTask task) =>
        result.Request.Tasks.Contains(task.ToString(), StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<ResultSegment> InMap(string path, IReadOnlyList<ResultSegment> segments)
    {
        HashSet<int> ids = [.. PanopticPng.Read(EvaluationFiles.Load(path), path).Labels.ToArray()];
        return segments.Where(segment => ids.Contains(segment.Id));
    }

    // Without a map the panoptic segments end where one overlaps another before it.
    private static int FirstOverlapping(SegmentationResult result)
    {
        var taken = new BinaryMask(result.Image.Height, result.Image.Width);
        for (int position = 0; position < result.Segments.Count; position++)
        {
            BinaryMask mask = result.Segments[position].Segmentation.Decode().ToMask();
            for (int i = 0; i < mask.Pixels.Length; i++)
            {
                if ((mask.Pixels[i] & taken.Pixels[i]) != 0)
                    return position;
                taken.Pixels[i] |= mask.Pixels[i];
            }
        }

        return result.Segments.Count;
    }
}
