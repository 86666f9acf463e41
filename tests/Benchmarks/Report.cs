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
        double ratio = reference.Median / ours.Median;
        string wanted = question.WantedRatio is double times ? $"{Number(times, 1)}×" : "–";
        string memory = question.WantedMegabytes is double most ? $" (≤ {Number(most, 0)})" : "";
        string row = $"| {question.Asks} | {Seconds(ours)} | {Seconds(reference)} | **{Number(ratio, 2)}×** | {wanted} | "
            + $"{Number(ours.PeakMegabytes, 0)}{memory} / {Number(reference.PeakMegabytes, 0)} |";
        _rows.AppendLine(row);
        return row;
    }

    /// <summary>The whole report as Markdown.</summary>
    public string ToMarkdown() => $"""
        # Benchmark results

        {Machine}, {threads} threads, {RuntimeInformation.FrameworkDescription}, commit {commit}. Median, fastest and slowest of all rounds;
        ours and the reference in processes of their own, in turn.

        | question | ours, s | reference, s | faster by | wanted | peak MB, ours / reference |
        |---|---|---|---|---|---|
        {_rows}
        """;

    private static string Machine
    {
        get
        {
            string model = File.Exists("/proc/cpuinfo")
                ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? ""
                : "";
            return $"{model} {RuntimeInformation.ProcessArchitecture}".Trim();
        }
    }

    private static string Seconds(Measurement measurement) =>
        $"{Number(measurement.Median, 3)} ({Number(measurement.Seconds.Min(), 3)}–{Number(measurement.Seconds.Max(), 3)})";

    private static string Number(double value, int digits) => value.ToString($"F{digits}", CultureInfo.InvariantCulture);
}
