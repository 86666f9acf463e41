using System.Diagnostics;
using System.Globalization;

namespace FrozenSeg.Benchmarks.Stages;

/// <summary>Times stages and prints a line for each as soon as it is known.</summary>
/// <param name="family">Whose stages.</param>
/// <param name="rounds">Timed rounds after one warm-up.</param>
internal sealed class StageClock(string family, int rounds)
{
    /// <summary>Something that happens once, such as loading.</summary>
    public T Once<T>(string stage, Func<T> work)
    {
        long start = Stopwatch.GetTimestamp();
        T result = work();
        Print(stage, [Stopwatch.GetElapsedTime(start).TotalMilliseconds]);
        return result;
    }

    /// <summary>Something that happens for every picture.</summary>
    public void Repeat(string stage, Action work)
    {
        work();
        var milliseconds = new double[rounds];
        for (int round = 0; round < rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            work();
            milliseconds[round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Print(stage, milliseconds);
    }

    private void Print(string stage, double[] milliseconds) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{family,-14} {stage,-28} {milliseconds.Order().ElementAt(milliseconds.Length / 2),10:F1} ms   "
            + $"({milliseconds.Min():F1}–{milliseconds.Max():F1}, {milliseconds.Length} rounds)"));
}
