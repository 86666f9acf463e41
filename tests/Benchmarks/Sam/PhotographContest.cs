using System.Globalization;

namespace FrozenSeg.Benchmarks.Sam;

/// <summary>
/// A photograph with real weights: ours beside the official code and the exported graphs: encoder, 1024 points, whole
/// automask, in processes of their own, in turn.
/// </summary>
/// <param name="contest">Starts the processes.</param>
/// <param name="export">Folder of the exported graphs.</param>
internal sealed class PhotographContest(Contest contest, string export)
{
    /// <summary>Prints a table.</summary>
    /// <param name="threads">Threads of the contest.</param>
    public void Print(int threads)
    {
        const string Times = "wall s | processor s | ";
        Console.WriteLine(
            $"| work | threads | ours, {Times}official, {Times}export, {Times}"
            + "official / ours | export / ours | peak MB, ours / official / export |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
        (Measurement Ours, Measurement Official, Measurement Export) encoder = Run(PhotographWork.Encoder);
        (Measurement Ours, Measurement Official, Measurement Export) points = Run(PhotographWork.Points);
        Print("encoder", threads, encoder);
        Print("1024 points", threads, points);
        // What the peers take for the whole is the sum: nobody waits ten minutes for what is known.
        Print("whole automask", threads, (
            contest.MeasureOurs(new PhotographSpeed(PhotographWork.Automask).Name),
            Sum(encoder.Official, points.Official),
            Sum(encoder.Export, points.Export)));
    }

    private (Measurement Ours, Measurement Official, Measurement Export) Run(PhotographWork work)
    {
        var ours = new PhotographSpeed(work);
        Measurement exported = contest.MeasureOwn("export", work.ToString(), export);
        Measurement own = contest.MeasureOurs(ours.Name);
        Measurement official = contest.MeasureReference(ours.Reference);
        return (
            Contest.Join([own, contest.MeasureOurs(ours.Name)]),
            official,
            Contest.Join([exported, contest.MeasureOwn("export", work.ToString(), export)]));
    }

    private static Measurement Sum(Measurement encoder, Measurement points) => new(
        [encoder.Median + points.Median],
        [encoder.CpuMedian + points.CpuMedian],
        Math.Max(encoder.PeakMegabytes, points.PeakMegabytes));

    private static void Print(
        string work, int threads, (Measurement Ours, Measurement Official, Measurement Export) row) =>
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {work} | {threads} | {Times(row.Ours)} | {Times(row.Official)} | {Times(row.Export)} "
            + $"| {row.Official.Median / row.Ours.Median:F1}× | {row.Export.Median / row.Ours.Median:F2}× "
            + $"| {row.Ours.PeakMegabytes:F0} / {row.Official.PeakMegabytes:F0} / {row.Export.PeakMegabytes:F0} |"));

    private static string Times(Measurement measurement) => string.Create(
        CultureInfo.InvariantCulture,
        $"{measurement.Median:F2} ({measurement.Seconds.Min():F2}–{measurement.Seconds.Max():F2}) "
        + $"| {measurement.CpuMedian:F2}");
}
