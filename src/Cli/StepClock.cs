using System.Diagnostics;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Cli;

/// <summary>Times the steps of a command.</summary>
internal sealed class StepClock
{
    private readonly Dictionary<string, double> _seconds = [];

    /// <summary>Seconds by step.</summary>
    public IReadOnlyDictionary<string, double> Seconds => _seconds;

    /// <summary>The steps in the form of a result.</summary>
    public IReadOnlyList<StageTiming> Timings => [.. _seconds.Select(step => new StageTiming(step.Key, step.Value))];

    /// <summary>Seconds of all steps.</summary>
    public double Total => _seconds.Values.Sum();

    /// <summary>Runs a step that gives nothing.</summary>
    public void Time(string step, Action work) => Time(step, () =>
    {
        work();
        return true;
    });

    /// <summary>Runs a step and notes how long it took.</summary>
    public T Time<T>(string step, Func<T> work)
    {
        long start = Stopwatch.GetTimestamp();
        T result = work();
        _seconds[step] = Math.Round(Stopwatch.GetElapsedTime(start).TotalSeconds, 4);
        return result;
    }
}
