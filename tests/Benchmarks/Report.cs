using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace FrozenSeg.Benchmarks;

/// <summary>The answers as a table people can read.</summary>
internal sealed class Report(int threads, string commit)
{
    private readonly StringBuilder _rows = new();

    /// <summary>Adds an answer and returns its row.</summary>
    public string Add(IQuestion question, Measurement ours, Measurement reference)
    {
        double ratio = reference.Median / ours.Median, cpuRatio = reference.CpuMedian / ours.CpuMedian;
        string wanted = question.WantedRatio is double times ? $"{Number(times, 1)}×" : "–";
        string memory = question.WantedMegabytes is double most ? $" (≤ {Number(most, 0)})" : "";
        string row = $"| {question.Asks}{Difference(question, ours, reference)} | {Seconds(ours)} | "
            + $"{Seconds(reference)} | {Number(ratio, 1)}× | "
            + $"{Number(ours.CpuMedian, 3)} / {Number(reference.CpuMedian, 3)} | **{Number(cpuRatio, 1)}×** | {wanted} "
            + "| "
            + $"{Number(ours.PeakMegabytes, 0)}{memory} / {Number(reference.PeakMegabytes, 0)} |";
        _rows.AppendLine(row);
        return row;
    }

    /// <summary>The whole report as Markdown.</summary>
    public string ToMarkdown() => $"""
        {Machine}, {threads} thread(s), {RuntimeInformation.FrameworkDescription}, commit {commit}. Median (fastest–slowest) of all rounds;
        ours and the reference in processes of their own, in turn. Processor time counts all threads and is what to compare on
        a machine that has other work.

        | question | ours, wall s | reference, wall s | ratio | processor s, ours / reference | ratio | wanted | peak MB, ours / reference |
        |---|---|---|---|---|---|---|---|
        {_rows}
        """;

    private static string Machine
    {
        get
        {
            string model = File.Exists("/proc/cpuinfo")
                ? File.ReadLines("/proc/cpuinfo")
                    .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1]
                    .Trim()
                    ?? ""
                : "";
            return $"{model} {RuntimeInformation.ProcessArchitecture}".Trim();
        }
    }

    // What a picture costs more than on the other side: the wall time and the processor time of it.
    private static string Difference(IQuestion question, Measurement ours, Measurement reference)
    {
        if (question.Pictures is not int pictures)
            return "";
        double more = ours.Median - reference.Median, moreCpu = ours.CpuMedian - reference.CpuMedian;
        return string.Create(
            CultureInfo.InvariantCulture,
            $" {more * 1000 / pictures:+0.0;-0.0} ms on {reference.Median * 1000 / pictures:F1} ms a picture "
                + $"({more / reference.Median:+0.0 %;-0.0 %}), processor {moreCpu * 1000 / pictures:+0.0;-0.0} ms");
    }

    private static string Seconds(Measurement measurement) =>
        $"{Number(measurement.Median, 3)} "
            + $"({Number(measurement.Seconds.Min(), 3)}–{Number(measurement.Seconds.Max(), 3)})";

    private static string Number(double value, int digits) =>
        value.ToString($"F{digits}", CultureInfo.InvariantCulture);
}
