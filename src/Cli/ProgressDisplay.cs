using Spectre.Console;

namespace FrozenSeg.Cli;

/// <summary>Shows how far long work has come, on the error stream; silent where nobody watches.</summary>
internal static class ProgressDisplay
{
    private static readonly IAnsiConsole Screen = AnsiConsole.Create(
        new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    /// <summary>Runs <paramref name="work"/> behind a bar called <paramref name="title"/>.</summary>
    /// <param name="title">What is being done.</param>
    /// <param name="work">The work; it reports its share done, 0..1.</param>
    public static T Run<T>(string title, Func<IProgress<double>, T> work)
    {
        if (Console.IsErrorRedirected || !Screen.Profile.Capabilities.Interactive)
            return work(new Progress<double>());
        return Screen.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .AutoClear(true)
            .Start(context =>
            {
                ProgressTask task = context.AddTask(title, maxValue: 1);
                return work(new DirectProgress(value => task.Value = value));
            });
    }

    // Progress<T> would hand the value to another thread, and the last one could come after the bar is gone.
    private sealed class DirectProgress(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
