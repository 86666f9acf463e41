using System.Globalization;
using System.Text;

namespace FrozenSeg.Pipeline.Evaluation.Runs;

/// <summary>The report as Markdown.</summary>
internal static class RunMarkdown
{
    public static string Of(RunReport report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {RunTables.Title(report)}").AppendLine().AppendLine();
        if (!double.IsNaN(report.SecondsPerPicture))
            text.Append(CultureInfo.InvariantCulture, $"{report.SecondsPerPicture:F2} s a picture.").AppendLine().AppendLine();
        foreach (ReportTable table in RunTables.Of(report))
            Append(text, table);
        foreach ((string metric, var pictures) in RunTables.Worst(report))
        {
            text.Append(CultureInfo.InvariantCulture, $"## Worst pictures by {metric}").AppendLine().AppendLine();
            foreach ((string picture, double score, string? overlay) in pictures)
            {
                text.Append(CultureInfo.InvariantCulture, $"- {Escape(picture)}: {100 * score:F1}").AppendLine();
                if (overlay is not null)
                    text.Append(CultureInfo.InvariantCulture, $"  ![{Escape(picture)}]({overlay})").AppendLine();
            }

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

    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
