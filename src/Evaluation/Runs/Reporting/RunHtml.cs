using System.Globalization;
using System.Net;
using System.Text;

namespace FrozenSeg.Evaluation.Runs.Reporting;

/// <summary>The report as one HTML page; the worst pictures lie beside it.</summary>
internal static class RunHtml
{
    private const string Style = """
        body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #1b1f24; }
        table { border-collapse: collapse; margin: 0 0 2rem; }
        th, td { padding: .25rem .7rem; border-bottom: 1px solid #d8dee4; text-align: right; }
        th:first-child, td:first-child { text-align: left; }
        td { font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
        .worst { display: grid; grid-template-columns: repeat(auto-fill, minmax(28rem, 1fr)); gap: 1.5rem; margin-bottom: 2rem; }
        figure { margin: 0; display: grid; grid-template-columns: 1fr 1fr; gap: .25rem; }
        figure span { color: #59636e; font-size: 13px; }
        figcaption { grid-column: 1 / -1; border-top: 1px solid #d8dee4; overflow-wrap: anywhere; }
        img { display: block; width: 100%; }
        @media (max-width: 34rem) { .worst { grid-template-columns: 1fr; } }
        """;

    public static string Of(RunReport report)
    {
        var html = new StringBuilder();
        html.Append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" "
            + "content=\"width=device-width\">");
        html.Append(
            CultureInfo.InvariantCulture, $"<title>{Encode(RunTables.Title(report))}</title><style>{Style}</style>");
        html.Append(CultureInfo.InvariantCulture, $"<h1>{Encode(RunTables.Title(report))}</h1>");
        if (!double.IsNaN(report.SecondsPerPicture))
            html.Append(CultureInfo.InvariantCulture, $"<p>{report.SecondsPerPicture:F2} s a picture.</p>");
        foreach (ReportTable table in RunTables.Of(report))
            Append(html, table);
        foreach (IGrouping<string, WorstPicture> pictures in report.Worst.GroupBy(picture => picture.Metric))
        {
            html.Append(
                CultureInfo.InvariantCulture,
                $"<h2>Worst pictures by {Encode(pictures.Key)}</h2><div class=\"worst\">");
            foreach (WorstPicture picture in pictures)
                Append(html, picture);
            html.Append("</div>");
        }

        return html.Append("</html>").ToString();
    }

    private static void Append(StringBuilder html, WorstPicture picture)
    {
        html.Append("<figure>");
        if (picture is { Annotated: string annotated, Found: string found })
        {
            html.Append(CultureInfo.InvariantCulture, $"<div><a href=\"{Encode(annotated)}\"><img loading=\"lazy\" "
                + $"alt=\"annotated\" src=\"{Encode(annotated)}\"></a><span>annotated</span></div>");
            html.Append(CultureInfo.InvariantCulture, $"<div><a href=\"{Encode(found)}\"><img loading=\"lazy\" "
                + $"alt=\"found\" src=\"{Encode(found)}\"></a><span>found</span></div>");
        }

        html.Append(
            CultureInfo.InvariantCulture,
            $"<figcaption>{Encode(picture.Picture)} <b>{100 * picture.Score:F1}</b></figcaption></figure>");
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
