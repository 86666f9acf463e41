using System.Globalization;
using System.Text;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Benchmarks.Car;

/// <summary>Draws cost against vocabulary size as SVG: a line a stage, both axes logarithmic.</summary>
internal static class CostChart
{
    private const int Width = 640, Height = 400, Left = 70, Right = 150, Top = 40, Bottom = 50, LineHeight = 13;

    private static readonly string[] Colours = ["#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377"];

    /// <summary>The drawing.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="costs">Seconds by stage for each number of queries, at least two.</param>
    public static string Draw(string title, IReadOnlyList<(int Queries, IReadOnlyList<StageTiming> Stages)> costs)
    {
        double[] seconds = [.. costs.SelectMany(cost => cost.Stages).Select(stage => Math.Max(stage.Seconds, 1e-3))];
        var x = new LogAxis(costs[0].Queries, costs[^1].Queries, Left, Width - Right);
        var y = new LogAxis(
            Math.Pow(10, Math.Floor(Math.Log10(seconds.Min()))),
            Math.Pow(10, Math.Ceiling(Math.Log10(seconds.Max()))),
            Height - Bottom,
            Top);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} "
            + $"{Height}\" font-family=\"sans-serif\" font-size=\"12\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"white\"/>\n<text "
            + $"x=\"{Left}\" y=\"20\" font-size=\"14\">{title}</text>\n");
        foreach ((int queries, _) in costs)
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x.At(queries):F1}\" y=\"{Height - Bottom + 18}\" "
                + $"text-anchor=\"middle\">{queries}</text>\n");
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 10}\" text-anchor=\"middle\">queries</text>\n");
        for (double value = y.Low; value <= y.High * 1.01; value *= 10)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{Width - Right}\" "
                + $"y1=\"{y.At(value):F1}\" y2=\"{y.At(value):F1}\" stroke=\"#ddd\"/>\n");
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"{Left - 8}\" y=\"{y.At(value) + 4:F1}\" text-anchor=\"end\">{value:0.###} s</text>\n");
        }

        double labelled = double.NegativeInfinity;
        foreach (int stage in
            Enumerable.Range(0, costs[0].Stages.Count).OrderByDescending(stage => costs[^1].Stages[stage].Seconds))
            AppendLine(svg, stage, costs, x, y, ref labelled);
        return svg.Append("</svg>\n").ToString();
    }

    private static void AppendLine(
        StringBuilder svg,
        int stage,
        IReadOnlyList<(int Queries, IReadOnlyList<StageTiming> Stages)> costs,
        LogAxis x,
        LogAxis y,
        ref double labelled)
    {
        string colour = Colours[stage % Colours.Length];
        string points = string.Join(' ', costs.Select(cost => string.Create(
            CultureInfo.InvariantCulture,
            $"{x.At(cost.Queries):F1},{y.At(Math.Max(cost.Stages[stage].Seconds, 1e-3)):F1}")));
        // From the top down; a name that would cover the one above it moves below it.
        labelled = Math.Max(labelled + LineHeight, y.At(Math.Max(costs[^1].Stages[stage].Seconds, 1e-3)) + 4);
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<polyline points=\"{points}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Width - Right + 8}\" y=\"{labelled:F1}\" "
            + $"fill=\"{colour}\">{costs[0].Stages[stage].Stage}</text>\n");
    }

    private sealed record LogAxis(double Low, double High, double From, double To)
    {
        public double At(double value) => From + ((To - From) * Math.Log(value / Low) / Math.Log(High / Low));
    }
}
