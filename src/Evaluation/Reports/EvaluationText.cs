using System.Globalization;
using System.Text;

namespace FrozenSeg.Evaluation.Reports;

/// <summary>An evaluation for a terminal: fractions in percent, a line for each group.</summary>
internal static class EvaluationText
{
    private const int Digits = 2;

    /// <summary>The summary; without the classes, which are in the report.</summary>
    public static string Of(EvaluationReport evaluation)
    {
        var text = new StringBuilder();
        int label = evaluation.Groups.Max(group => group.Name?.Length ?? 0);
        foreach (FigureGroup group in evaluation.Groups)
        {
            if (label > 0)
                text.Append((group.Name ?? "").PadRight(label + 2));
            text.AppendJoin("  ", group.Figures.Select(figure => $"{figure.Name} {Number(figure)}")).AppendLine();
        }

        return text.Append(CultureInfo.InvariantCulture, $"{evaluation.Pictures:N0} {Unit(evaluation.Metric)}")
            .ToString();
    }

    /// <summary>A figure as people read it.</summary>
    public static string Number(Figure figure) => figure switch
    {
        { Value: null } or { IsNothing: true } => "–",
        { IsCount: true } => figure.Value.Value.ToString("N0", CultureInfo.InvariantCulture),
        _ => (100 * figure.Value.Value).ToString($"F{Digits}", CultureInfo.InvariantCulture),
    };

    private static string Unit(string metric) => metric switch
    {
        "video" => "frames",
        "referring" => "expressions",
        _ => "pictures",
    };
}
