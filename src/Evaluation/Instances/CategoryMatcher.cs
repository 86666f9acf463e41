using System.Runtime.CompilerServices;

namespace FrozenSeg.Evaluation.Instances;

/// <summary>
/// Matches detections to annotations greedily, highest score first, at every IoU threshold: pycocotools' rules, which
/// are the definition of COCO's figures.
/// </summary>
internal static class CategoryMatcher
{
    /// <summary>
    /// 0.50, 0.55 … 0.95, computed as numpy's linspace does: the last digit decides on matches at the edge.
    /// </summary>
    public static double[] Thresholds { get; } = Linspace(0.5, 0.95, 10);

    /// <summary>Evenly spaced numbers, both ends included.</summary>
    public static double[] Linspace(double first, double last, int count)
    {
        double step = (last - first) / (count - 1);
        return [.. Enumerable.Range(0, count - 1).Select(i => (i * step) + first), last];
    }

    /// <param name="detections">Of one class in one picture, highest score first, not more than the limit.</param>
    /// <param name="annotations">Of the same class and picture, in the file's order.</param>
    /// <param name="overlaps">Their IoU, detections × annotations.</param>
    /// <param name="range">The sizes that count.</param>
    /// <param name="excuseFalse">Whether detections that find nothing are ignored: LVIS, class not exhaustively
    /// annotated.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static CategoryMatches Match(
        IReadOnlyList<InstanceObject> detections,
        IReadOnlyList<InstanceObject> annotations,
        double[,] overlaps,
        AreaRange range,
        bool excuseFalse)
    {
        bool[] ignored = [.. annotations.Select(annotation => annotation.IsIgnored || range.Excludes(annotation.Area))];
        // Ignored annotations go last, otherwise the file's order stays.
        int[] order = [.. Enumerable.Range(0, annotations.Count).OrderBy(g => ignored[g])];
        var matched = new bool[Thresholds.Length, detections.Count];
        var ignoredDetections = new bool[Thresholds.Length, detections.Count];
        var taken = new bool[annotations.Count];
        for (int t = 0; t < Thresholds.Length; t++)
        {
            Array.Clear(taken);
            for (int d = 0; d < detections.Count; d++)
            {
                int best = Best(d, annotations, overlaps, order, ignored, taken, Thresholds[t]);
                if (best >= 0)
                {
                    taken[best] = true;
                    matched[t, d] = !annotations[best].HasZeroId;
                    ignoredDetections[t, d] = ignored[best];
                }

                if (!matched[t, d] && (excuseFalse || range.Excludes(detections[d].Area)))
                    ignoredDetections[t, d] = true;
            }
        }

        return new CategoryMatches(
            [.. detections.Select(detection => detection.Score)],
            matched,
            ignoredDetections,
            ignored.Count(value => !value));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Best(
        int detection,
        IReadOnlyList<InstanceObject> annotations,
        double[,] overlaps,
        int[] order,
        bool[] ignored,
        bool[] taken,
        double threshold)
    {
        double least = Math.Min(threshold, 1 - 1e-10);
        int best = -1;
        foreach (int g in order)
        {
            if (taken[g] && !annotations[g].IsCrowd)
                continue;
            // What has found an object that counts does not turn to one that does not.
            if (best >= 0 && !ignored[best] && ignored[g])
                break;
            if (overlaps[detection, g] < least)
                continue;
            least = overlaps[detection, g];
            best = g;
        }

        return best;
    }
}
