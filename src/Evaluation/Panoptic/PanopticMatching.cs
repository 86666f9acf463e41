using System.Runtime.InteropServices;

namespace FrozenSeg.Evaluation.Panoptic;

/// <summary>
/// Pairs the segments of one picture as the panoptic task defines it (Kirillov et al. 2019, sections 4.1 and 4.2):
/// equal class and IoU above one half, which makes the pairing unique. Void pixels leave the union; a predicted segment
/// that lies mostly in void or in a crowd of its class counts for nothing.
/// </summary>
internal static class PanopticMatching
{
    private const int Void = 0;

    /// <summary>The counts of a picture, by class.</summary>
    public static Dictionary<int, PanopticCounts> Match(
        IReadOnlyList<SegmentLabel> truth, IReadOnlyList<SegmentLabel> prediction, PanopticOverlap overlap)
    {
        var counts = new Dictionary<int, PanopticCounts>();
        Dictionary<int, SegmentLabel> truthById = truth.ToDictionary(segment => segment.Id);
        Dictionary<int, SegmentLabel> predictionById = prediction.ToDictionary(segment => segment.Id);
        Dictionary<int, int> areas = overlap.PredictionAreas(), truthAreas = overlap.TruthAreas();
        HashSet<int> matchedTruth = [], matchedPrediction = [];
        foreach (((int truthId, int predictionId), int intersection) in overlap.Pairs)
        {
            if (!truthById.TryGetValue(truthId, out SegmentLabel annotated)
                || !predictionById.TryGetValue(predictionId, out SegmentLabel predicted)
                || annotated.IsCrowd || annotated.Category != predicted.Category)
            {
                continue;
            }

            // The document's own area counts, as in panopticapi.
            double union = areas[predictionId] + (annotated.Area ?? truthAreas[truthId]) - intersection
                - overlap[Void, predictionId];
            double iou = intersection / union;
            if (iou <= 0.5)
                continue;
            Of(counts, annotated.Category) += new PanopticCounts(1, 0, 0, iou);
            matchedTruth.Add(truthId);
            matchedPrediction.Add(predictionId);
        }

        Dictionary<int, int> crowds = CountMisses(counts, truth, matchedTruth);
        foreach (SegmentLabel predicted in prediction.Where(segment => !matchedPrediction.Contains(segment.Id)))
        {
            int excused = overlap[Void, predicted.Id];
            if (crowds.TryGetValue(predicted.Category, out int crowd))
                excused += overlap[crowd, predicted.Id];
            if ((double)excused / areas.GetValueOrDefault(predicted.Id) <= 0.5)
                Of(counts, predicted.Category) += new PanopticCounts(0, 1, 0, 0);
        }

        return counts;
    }

    // Returns the crowd of each class; of several the last, as in panopticapi.
    private static Dictionary<int, int> CountMisses(
        Dictionary<int, PanopticCounts> counts, IReadOnlyList<SegmentLabel> truth, HashSet<int> matched)
    {
        var crowds = new Dictionary<int, int>();
        foreach (SegmentLabel annotated in truth.Where(segment => !matched.Contains(segment.Id)))
        {
            if (annotated.IsCrowd)
                crowds[annotated.Category] = annotated.Id;
            else
                Of(counts, annotated.Category) += new PanopticCounts(0, 0, 1, 0);
        }

        return crowds;
    }

    private static ref PanopticCounts Of(Dictionary<int, PanopticCounts> counts, int category) =>
        ref CollectionsMarshal.GetValueRefOrAddDefault(counts, category, out _);
}
