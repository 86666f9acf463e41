using System.Diagnostics;

namespace FrozenSeg.Benchmarks;

/// <summary>Times a question inside this process.</summary>
internal static class Stopwatches
{
    /// <summary>One round unmeasured, then <paramref name="rounds"/> measured.</summary>
    public static Measurement Measure(IQuestion question, int rounds, int threads)
    {
        question.Prepare(threads);
        question.Run();
        var seconds = new double[rounds];
        for (int round = 0; round < rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            question.Run();
            seconds[round] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        using Process process = Process.GetCurrentProcess();
        return new Measurement(seconds, process.PeakWorkingSet64 / 1e6);
    }
}
