using System.Diagnostics;

namespace FrozenSeg.Benchmarks;

/// <summary>Times a question inside this process.</summary>
internal static class Stopwatches
{
    // One round of a short question is not enough for the compiler to be done with it.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The rounds to warm up unmeasured, and as many more as fit into two seconds, then <paramref name="rounds"/>
    /// measured.
    /// </summary>
    /// <remarks>The reference scripts do the same, see <c>reference/timing.py</c>.</remarks>
    public static Measurement Measure(IQuestion question, int rounds, int threads)
    {
        question.Prepare(threads);
        long warm = Stopwatch.GetTimestamp();
        for (int round = 0; round < question.WarmUps || Stopwatch.GetElapsedTime(warm) < WarmUp; round++)
            question.Run();
        double[] seconds = new double[rounds], cpuSeconds = new double[rounds];
        using Process process = Process.GetCurrentProcess();
        for (int round = 0; round < rounds; round++)
        {
            process.Refresh();
            TimeSpan cpuStart = process.TotalProcessorTime;
            long start = Stopwatch.GetTimestamp();
            question.Run();
            seconds[round] = question.Share * Stopwatch.GetElapsedTime(start).TotalSeconds;
            process.Refresh();
            cpuSeconds[round] = question.Share * (process.TotalProcessorTime - cpuStart).TotalSeconds;
        }

        return new Measurement(seconds, cpuSeconds, process.PeakWorkingSet64 / 1e6);
    }
}
