using System.Globalization;
using System.Net;
using System.Text;

namespace FrozenSeg.Pipeline.Evaluation.Runs;

/// <summary>The report as one HTML page; the worst pictures are linked from the run's folder.</summary>
internal static class RunHtml
{
    private const string Style = """
        body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #1b1f24; }
        table { border-collapse: collapse; margin: 0 0 2rem; }
        th, td { padding: .25rem .7rem; border-bottom: 1px solid #d8dee4; text-align: right; }
        th:first-child, td:first-child { text-align: left; }
        td { font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
        .worst { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 1rem; margin-bottom: 2rem; }
        figure { margin: 0; }
        img { width: 100%; image-rendering: pixelated; }
        """;

    public static string Of(RunReport report)
    {
        var html = new StringBuilder();
        html.Append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">");
        html.Append(CultureInfo.InvariantCulture, $"<title>{Encode(RunTables.Title(report))}</title><style>{Style}</style>");
        html.Append(CultureInfo.InvariantCulture, $"<h1>{Encode(RunTables.Title(report))}</h1>");
        if (!double.IsNaN(report.SecondsPerPicture))
            html.Append(CultureInfo.InvariantCulture, $"<p>{report.SecondsPerPicture:F2} s a picture.</p>");
        foreach (ReportTable table in RunTables.Of(report))
            Append(html, table);
        foreach ((string metric, var pictures) in RunTables.Worst(report))
        {
            html.Append(CultureInfo.InvariantCulture, $"<h2>Worst pictures by {Encode(metric)}</h2><div class=\"worst\">");
            foreach ((string picture, double score, string? overlay) in pictures)
            {
                string image = overlay is null ? "" : $"<img loading=\"lazy\" alt=\"\" src=\"{Encode(overlay)}\">";
                html.Append(CultureInfo.InvariantCulture, $"<figure>{image}<figcaption>{Encode(picture)}: {100 * score:F1}</figcaption></figure>");
            }

            html.Append("</div>");
        }

        return html.Append("</html>").ToString();
    }

    private static void Append(StringBuilder html, ReportTable table)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h2>{Encode(table.Title)}</h2><table><tr>");
        foreach (string name in table.Header)
            html.Append(CultureInfo.InvariantCulture, $"<th>{Encode(name)}</th>");
        html.Append("</tr>");
        foreach (IReadOnlyList<string> row in table.Rows)
        {
            html.Append("<tr>");
            foreach (string cell in row)
                html.Append(CultureInfo.InvariantCulture, $"<td>{Encode(cell)}</td>");
            html.Append("</tr>");
        }

        html.Append("</table>");
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
