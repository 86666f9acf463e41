using System.Globalization;
using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Formats.Coco;

namespace FrozenSeg.Evaluation.Panoptic;

/// <summary>Compares the areas that annotations state with what their PNG shows.</summary>
internal static class PanopticAreas
{
    /// <summary>Notes areas that no IoU can be computed with, and segments without a pixel.</summary>
    /// <param name="truth">The annotated picture.</param>
    /// <param name="overlap">Its pixels, with those of the prediction.</param>
    /// <param name="problems">Takes areas smaller than what a prediction shares with the segment: an IoU above
    /// 1.</param>
    /// <param name="empty">Takes segments without a pixel.</param>
    public static void Check(
        PanopticPicture truth, PanopticOverlap overlap, ProblemLog problems, EmptyAnnotations empty)
    {
        Dictionary<int, int> areas = overlap.TruthAreas();
        var shared = new Dictionary<int, int>();
        foreach (((int id, int prediction), int pixels) in overlap.Pairs)
        {
            if (prediction != 0)
                shared[id] = Math.Max(pixels, shared.GetValueOrDefault(id));
        }

        foreach (SegmentLabel segment in truth.Segments)
        {
            int pixels = areas.GetValueOrDefault(segment.Id);
            if (pixels == 0)
                empty.Add($"segment {segment.Id} of image {truth.Key}");
            else if (segment.Area is double stated && (stated <= 0 || stated < shared.GetValueOrDefault(segment.Id)))
            {
                problems.Add(
                    truth.Place,
                    $"segment {segment.Id} states the area {stated.ToString(CultureInfo.InvariantCulture)} and has "
                        + $"{pixels} pixels in the PNG",
                    "State the pixels it has, or leave the area out");
            }
        }
    }
}
