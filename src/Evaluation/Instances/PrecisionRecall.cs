using System.Runtime.CompilerServices;

namespace FrozenSeg.Evaluation.Instances;

/// <summary>
/// Precision at 101 levels of recall, for every threshold, and the recall reached: one class, one size range, one
/// limit.
/// </summary>
/// <param name="Precision">Mean precision at each IoU threshold; not a number where there is nothing to find.</param>
/// <param name="Recall">Recall reached at each IoU threshold.</param>
internal sealed record PrecisionRecall(double[] Precision, double[] Recall)
{
    private static readonly double[] RecallLevels = CategoryMatcher.Linspace(0, 1, 101);

    // numpy.spacing(1): keeps the first precision defined when everything before it is ignored.
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>The curve over the matches of all pictures.</summary>
    /// <param name="pictures">Matches by picture, in the order of the picture ids: equal scores keep that
    /// order.</param>
    /// <param name="limit">Most detections of a picture.</param>
    /// <returns>Null when there is nothing to find.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static PrecisionRecall? Of(IReadOnlyList<CategoryMatches> pictures, int limit)
    {
        int counted = pictures.Sum(picture => picture.Counted);
        if (counted == 0)
            return null;
        (CategoryMatches Picture, int Detection)[] order = [.. pictures
            .SelectMany(picture => Enumerable.Range(0, Math.Min(limit, picture.Scores.Length)).Select(
                detection => (picture, detection)))
            .OrderByDescending(entry => entry.picture.Scores[entry.detection])];
        var precision = new double[CategoryMatcher.Thresholds.Length];
        var recall = new double[precision.Length];
        var curve = new double[order.Length];
        var reached = new double[order.Length];
        for (int t = 0; t < precision.Length; t++)
        {
            int hits = 0, misses = 0;
            for (int i = 0; i < order.Length; i++)
            {
                (CategoryMatches picture, int detection) = order[i];
                if (!picture.Ignored[t, detection])
                {
                    hits += picture.Matched[t, detection] ? 1 : 0;
                    misses += picture.Matched[t, detection] ? 0 : 1;
                }

                reached[i] = (double)hits / counted;
                curve[i] = hits / (misses + hits + Epsilon);
            }

            recall[t] = order.Length == 0 ? 0 : reached[^1];
            precision[t] = MeanPrecision(curve, reached);
        }

        return new PrecisionRecall(precision, recall);
    }

    // The curve is made to fall, then read at the first place that reaches each level; levels never reached give 0.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double MeanPrecision(double[] curve, double[] reached)
    {
        for (int i = curve.Length - 1; i > 0; i--)
            curve[i - 1] = Math.Max(curve[i - 1], curve[i]);
        double sum = 0;
        int place = 0;
        foreach (double level in RecallLevels)
        {
            while (place < reached.Length && reached[place] < level)
                place++;
            if (place < reached.Length)
                sum += curve[place];
        }

        return sum / RecallLevels.Length;
    }
}
