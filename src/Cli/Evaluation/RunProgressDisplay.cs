using System.Diagnostics;
using FrozenSeg.Evaluation.Runs;

namespace FrozenSeg.Cli.Evaluation;

/// <summary>
/// Shows how far a run has come and how long it will take: a bar for people, now and then a line for log files.
/// </summary>
internal static class RunProgressDisplay
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(15);

    /// <summary>Runs <paramref name="work"/>.</summary>
    public static T Show<T>(Func<IProgress<RunProgress>, T> work) => ProgressDisplay.Run(
        "eval run", bar => work(new Display(Console.IsErrorRedirected ? null : bar)));

    private sealed class Display(IProgress<double>? bar) : IProgress<RunProgress>
    {
        private long _last = Stopwatch.GetTimestamp();

        public void Report(RunProgress value)
        {
            bar?.Report(value.Total == 0 ? 1 : (double)value.Done / value.Total);
            if (bar is not null || Stopwatch.GetElapsedTime(_last) < BetweenLines)
                return;
            _last = Stopwatch.GetTimestamp();
            string remaining = value.Remaining is TimeSpan left ? $", about {Words(left)} left" : "";
            Console.Error.WriteLine($"{value.Done} of {value.Total}{remaining}");
        }

        private static string Words(TimeSpan time) =>
            time.TotalHours >= 1
                ? $"{time.TotalHours:F1} h"
                : time.TotalMinutes >= 1
                ? $"{time.TotalMinutes:F0} min"
                : $"{time.TotalSeconds:F0} s";
    }
}
