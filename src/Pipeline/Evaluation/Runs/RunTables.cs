namespace FrozenSeg.Pipeline.Evaluation.Runs;

/// <summary>The tables of a report, in the order they are read.</summary>
internal static class RunTables
{
    /// <summary>The heading.</summary>
    public static string Title(RunReport report) => $"{report.Order.Method} on {report.Order.Dataset}, {report.Pictures:N0} pictures";

    /// <summary>All tables that have rows.</summary>
    public static IEnumerable<ReportTable> Of(RunReport report)
    {
        IEnumerable<ReportTable> tables =
        [
            .. report.Measures.Select(measure => ReportTable.Summary(measure.Evaluation)),
            ReportTable.Published(report),
            .. report.Measures.Where(measure => measure.Evaluation.Classes.Count > 0).Select(measure => ReportTable.Classes(measure.Evaluation)),
            ReportTable.Pairs("Settings", report.Settings),
            ReportTable.Models(report),
            ReportTable.Pairs("SHA-256 of the input", report.Hashes),
        ];
        return tables.Where(table => table.Rows.Count > 0);
    }

    /// <summary>The worst pictures of each measure, with their overlays relative to the run's folder where there are any.</summary>
    public static IEnumerable<(string Metric, IReadOnlyList<(string Picture, double Score, string? Overlay)> Pictures)> Worst(RunReport report)
    {
        foreach ((Reports.Evaluation evaluation, string folder) in report.Measures.Where(measure => measure.Evaluation.PictureScores.Count > 0))
        {
            yield return (evaluation.Metric, [.. RunReport.Worst(evaluation).Select(
                score => (score.Picture, score.Score, Overlay(report.Order.Out, folder, score.Picture)))]);
        }
    }

    private static string? Overlay(string root, string folder, string picture)
    {
        string overlay = Path.Combine(folder, picture, Shared.Results.ResultFiles.Names.Overlay!);
        return File.Exists(overlay) ? Path.GetRelativePath(root, overlay).Replace('\\', '/') : null;
    }
}
