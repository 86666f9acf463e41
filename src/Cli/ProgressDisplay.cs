using System.Diagnostics;
using Spectre.Console;

namespace FrozenSeg.Cli;

/// <summary>
/// Shows how far long work has come, on the error stream: a bar, or where nobody watches a line now and then.
/// </summary>
internal static class ProgressDisplay
{
    private static readonly IAnsiConsole Screen = AnsiConsole.Create(
        new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    // Short work says nothing.
    private static readonly TimeSpan LinesEvery = TimeSpan.FromSeconds(30);

    /// <summary>Whether somebody watches a bar.</summary>
    public static bool IsWatched => !Console.IsErrorRedirected && Screen.Profile.Capabilities.Interactive;

    /// <summary>Runs <paramref name="work"/> behind a bar called <paramref name="title"/>.</summary>
    /// <param name="title">What is being done.</param>
    /// <param name="work">The work; it reports its share done, 0..1.</param>
    public static T Run<T>(string title, Func<IProgress<double>, T> work)
    {
        if (!IsWatched)
            return work(new ProgressLines(title));
        return Screen.Progress()
            .Columns(
                new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .AutoClear(true)
            .Start(context =>
            {
                ProgressTask task = context.AddTask(title, maxValue: 1);
                return work(new DirectProgress(value => task.Value = value));
            });
    }

    private sealed class ProgressLines(string title) : IProgress<double>
    {
        private long _last = Stopwatch.GetTimestamp();

        public void Report(double value)
        {
            long last = Volatile.Read(ref _last);
            if (Stopwatch.GetElapsedTime(last) >= LinesEvery
                && Interlocked.CompareExchange(ref _last, Stopwatch.GetTimestamp(), last) == last)
                Console.Error.WriteLine(FormattableString.Invariant($"{title}: {100 * value:F0} %"));
        }
    }

    // Progress<T> would hand the value to another thread, and the last one could come after the bar is gone.
    private sealed class DirectProgress(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
