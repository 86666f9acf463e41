using System.Globalization;
using System.Text;

namespace FrozenSeg.Evaluation.Runs.Reporting;

/// <summary>The report as Markdown.</summary>
internal static class RunMarkdown
{
    public static string Of(RunReport report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {RunTables.Title(report)}").AppendLine().AppendLine();
        if (!double.IsNaN(report.SecondsPerPicture))
            text.Append(CultureInfo.InvariantCulture, $"{report.SecondsPerPicture:F2} s a picture.")
                .AppendLine()
                .AppendLine();
        foreach (ReportTable table in RunTables.Of(report))
            Append(text, table);
        foreach (IGrouping<string, WorstPicture> pictures in report.Worst.GroupBy(picture => picture.Metric))
        {
            text.Append(CultureInfo.InvariantCulture, $"## Worst pictures by {pictures.Key}").AppendLine().AppendLine();
            text.AppendLine("| picture | score | annotated | found |").AppendLine("|---|---|---|---|");
            foreach (WorstPicture picture in pictures)
                text.Append(CultureInfo.InvariantCulture, $"| {Escape(picture.Picture)} | {100 * picture.Score:F1} | "
                    + $"{Image(picture.Annotated)} | {Image(picture.Found)} |").AppendLine();
            text.AppendLine();
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, ReportTable table)
    {
        text.Append(CultureInfo.InvariantCulture, $"## {table.Title}").AppendLine().AppendLine();
        text.Append("| ").AppendJoin(" | ", table.Header.Select(Escape)).AppendLine(" |");
        text.Append('|').AppendJoin('|', table.Header.Select(_ => "---")).AppendLine("|");
        foreach (IReadOnlyList<string> row in table.Rows)
            text.Append("| ").AppendJoin(" | ", row.Select(Escape)).AppendLine(" |");
        text.AppendLine();
    }

    private static string Image(string? path) => path is null ? "" : $"![]({path})";

    private static string Escape(string text) =>
        text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
