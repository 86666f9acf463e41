namespace FrozenSeg.Evaluation.Runs.Reporting;

/// <summary>The tables of a report, in the order they are read.</summary>
internal static class RunTables
{
    /// <summary>The heading.</summary>
    public static string Title(RunReport report) =>
        $"{report.Order.Method} on {report.Order.Dataset}{(report.Split is null ? "" : $" {report.Split}")}, "
            + $"{report.Pictures:N0} pictures";

    /// <summary>All tables that have rows.</summary>
    public static IEnumerable<ReportTable> Of(RunReport report)
    {
        IEnumerable<ReportTable> tables =
        [
            .. report.Measures.Select(ReportTable.Summary),
            ReportTable.Published(report),
            .. report.Measures.Where(measure => measure.Classes.Count > 0).Select(ReportTable.Classes),
            ReportTable.Pairs("Settings", report.Settings),
            ReportTable.Models(report),
            ReportTable.Pairs("SHA-256 of the input", report.Hashes),
        ];
        return tables.Where(table => table.Rows.Count > 0);
    }
}
