using FrozenSeg.Evaluation.Reports;
using FrozenSeg.Evaluation.Runs.Published;

namespace FrozenSeg.Evaluation.Runs.Reporting;

/// <summary>A table of a report, before it becomes Markdown or HTML.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Header">Column names.</param>
/// <param name="Rows">Cells.</param>
internal sealed record ReportTable(
    string Title, IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>The summary of a measure.</summary>
    public static ReportTable Summary(EvaluationReport evaluation)
    {
        string[] names =
            [.. evaluation.Groups.SelectMany(group => group.Figures).Select(figure => figure.Name).Distinct()];
        return new ReportTable(
            $"{evaluation.Metric}: {evaluation.Pictures:N0} compared, percent",
            ["", .. names],
            [.. evaluation.Groups.Select(group => (
                IReadOnlyList<string>)[group.Name ?? "all", .. names.Select(name => Cell(group.Figures, name))])]);
    }

    /// <summary>The figures of a measure by class.</summary>
    public static ReportTable Classes(EvaluationReport evaluation)
    {
        string[] names = [.. evaluation.Classes[0].Figures.Select(figure => figure.Name)];
        return new ReportTable(
            $"{evaluation.Metric} by class, percent",
            ["class", .. names],
            [.. evaluation.Classes.Select(
                row => (IReadOnlyList<string>)[row.Name, .. names.Select(name => Cell(row.Figures, name))])]);
    }

    /// <summary>Published figures beside ours; empty when there are none.</summary>
    public static ReportTable Published(RunReport report) => new(
        "Published figures beside this run, percent",
        ["figure", "this run", "published", "by", "source"],
        [.. PublishedFigures.Of(report.Order.Dataset).Select(figure => (IReadOnlyList<string>)
        [
            $"{figure.Metric} {figure.Figure}",
            Ours(report, figure),
            figure.Percent.ToString("F1", System.Globalization.CultureInfo.InvariantCulture),
            figure.Method, figure.Source,
        ])]);

    /// <summary>Names and values.</summary>
    public static ReportTable Pairs(string title, IEnumerable<KeyValuePair<string, string>> pairs) =>
        new(title, ["name", "value"], [.. pairs.Select(pair => (IReadOnlyList<string>)[pair.Key, pair.Value])]);

    /// <summary>The networks and their hashes.</summary>
    public static ReportTable Models(RunReport report) => new(
        "Networks",
        ["role", "name", "SHA-256 of the weights"],
        [.. report.Models.Select(model => (IReadOnlyList<string>)[model.Role, model.Name, model.Sha256 ?? "none"])]);

    private static string Ours(RunReport report, PublishedFigure figure)
    {
        string[] path = figure.Figure.Split('.');
        FigureGroup? group = report.Measures
            .FirstOrDefault(evaluation => evaluation.Metric == figure.Metric)?.Groups
            .FirstOrDefault(candidate => candidate.Name == (path.Length > 1 ? path[0] : null));
        return group is null ? "–" : Cell(group.Figures, path[^1]);
    }

    private static string Cell(IReadOnlyList<Figure> figures, string name) =>
        figures.Any(figure => figure.Name == name)
            ? EvaluationText.Number(figures.First(figure => figure.Name == name))
            : "";
}
