using FrozenSeg.Evaluation.Reports;
using FrozenSeg.Pipeline.Foundation.Files;

namespace FrozenSeg.Evaluation.Runs.Reporting;

/// <summary>Writes a run's report: <c>report.json</c>, <c>report.md</c>, <c>report.html</c>.</summary>
internal static class RunDocuments
{
    /// <summary>Writes all three.</summary>
    /// <param name="report">The report.</param>
    /// <param name="json">Where the JSON goes besides the run's folder; null for nowhere.</param>
    /// <exception cref="Shared.Problems.SegmentationProblemException">A file cannot be written.</exception>
    public static void Write(RunReport report, string? json)
    {
        byte[] document = EvaluationJson.Write(report.ToJson());
        AtomicFile.Write(Path.Combine(report.Order.Out, "report.json"), document);
        if (json is not null)
            AtomicFile.Write(json, document);
        AtomicFile.Write(
            Path.Combine(report.Order.Out, "report.md"), System.Text.Encoding.UTF8.GetBytes(RunMarkdown.Of(report)));
        AtomicFile.Write(
            Path.Combine(report.Order.Out, "report.html"), System.Text.Encoding.UTF8.GetBytes(RunHtml.Of(report)));
    }
}
