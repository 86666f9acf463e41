using System.Diagnostics;

namespace FrozenSeg.Benchmarks;

/// <summary>Times a question inside this process.</summary>
internal static class Stopwatches
{
    /// <summary>The rounds to warm up unmeasured, then <paramref name="rounds"/> measured.</summary>
    /// <remarks>The reference scripts do the same, see <c>reference/timing.py</c>.</remarks>
    public static Measurement Measure(IQuestion question, int rounds, int threads)
    {
        question.Prepare(threads);
        for (int round = 0; round < question.WarmUps; round++)
            question.Run();
        double[] seconds = new double[rounds], cpuSeconds = new double[rounds];
        using Process process = Process.GetCurrentProcess();
        for (int round = 0; round < rounds; round++)
        {
            process.Refresh();
            TimeSpan cpuStart = process.TotalProcessorTime;
            long start = Stopwatch.GetTimestamp();
            question.Run();
            seconds[round] = Stopwatch.GetElapsedTime(start).TotalSeconds;
            process.Refresh();
            cpuSeconds[round] = (process.TotalProcessorTime - cpuStart).TotalSeconds;
        }

        return new Measurement(seconds, cpuSeconds, process.PeakWorkingSet64 / 1e6);
    }
}
