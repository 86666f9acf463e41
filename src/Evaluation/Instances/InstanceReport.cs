using System.Globalization;
using FrozenSeg.Evaluation.Reports;

namespace FrozenSeg.Evaluation.Instances;

/// <summary>
/// Turns curves into COCO's and LVIS's figures; −1 where there is nothing to find, as their tools write it.
/// </summary>
internal static class InstanceReport
{
    private const int At50 = 0, At75 = 5;
    private const double Nothing = -1;

    public static EvaluationReport Of(
        InstanceSet truth,
        AveragePrecisionOptions rules,
        IReadOnlyDictionary<(int Category, int Range, int Limit), PrecisionRecall> curves,
        IReadOnlyList<string> warnings)
    {
        int most = rules.DetectionLimits[^1];
        int[] all = [.. truth.Classes.Select(category => category.Id)];
        var figures = new List<Figure>
        {
            Of("AP", Precision(all, 0)), Of("AP50", Precision(all, 0, At50)), Of("AP75", Precision(all, 0, At75)),
        };
        for (int range = 1; range < AreaRange.All.Count; range++)
            figures.Add(Of($"AP{AreaRange.All[range].Suffix}", Precision(all, range)));
        if (rules.IsFederated)
        {
            foreach (string frequency in (string[])["r", "c", "f"])
                figures.Add(
                    Of($"AP{frequency}", Precision([.. all.Where(id => truth.Frequencies[id] == frequency)], 0)));
        }

        foreach (int limit in rules.DetectionLimits)
            figures.Add(Of(rules.IsFederated ? $"AR@{limit}" : $"AR{limit}", Recall(all, 0, limit)));
        for (int range = 1; range < AreaRange.All.Count; range++)
            figures.Add(Of(
                $"AR{AreaRange.All[range].Suffix}{(rules.IsFederated ? $"@{most}" : "")}", Recall(all, range, most)));

        return new EvaluationReport
        {
            Metric = rules.IsFederated ? "lvis" : "instance",
            Pictures = truth.Images.Count,
            Groups = [new FigureGroup(null, figures)],
            Classes = [.. truth.Classes.Select(Row)],
            Settings = new Dictionary<string, string>
            {
                ["compared"] = rules.Boxes ? "boxes" : "masks",
                ["max_detections"] = string.Join(", ", rules.DetectionLimits),
            },
            Warnings = warnings,
        };

        double Precision(IReadOnlyList<int> categories, int range, int? threshold = null) => Mean(
            categories, range, most, curve => threshold is int t ? curve.Precision[t] : curve.Precision.Average());

        double Recall(IReadOnlyList<int> categories, int range, int limit) =>
            Mean(categories, range, limit, curve => curve.Recall.Average());

        double Mean(IReadOnlyList<int> categories, int range, int limit, Func<PrecisionRecall, double> value)
        {
            double[] values = [.. categories.Where(id => curves.ContainsKey((id, range, limit))).Select(
                id => value(curves[(id, range, limit)]))];
            return values.Length == 0 ? Nothing : values.Average();
        }

        ClassFigures Row(DatasetClass category)
        {
            int[] only = [category.Id];
            return new ClassFigures(
                category.Id.ToString(CultureInfo.InvariantCulture),
                category.Name,
                [
                    Of("AP", Precision(only, 0)),
                    Of("AP50", Precision(only, 0, At50)),
                    Of("AP75", Precision(only, 0, At75)),
                    Of("AR", Recall(only, 0, most)),
                ]);
        }
    }

    private static Figure Of(string name, double value) => new(name, value) { IsNothing = value == Nothing };
}
