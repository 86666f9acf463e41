using System.Diagnostics;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Pipeline.Methods;

/// <summary>Adds up the time of the stages of a method. For one caller.</summary>
internal sealed class StageClock
{
    private readonly Dictionary<string, TimeSpan> _stages = [];

    /// <summary>Time by stage, in the order they began.</summary>
    public IReadOnlyList<StageTiming> Timings =>
        [.. _stages.Select(stage => new StageTiming(stage.Key, stage.Value.TotalSeconds))];

    /// <summary>Does a part of a stage.</summary>
    public T Time<T>(string stage, Func<T> work)
    {
        _stages.TryAdd(stage, TimeSpan.Zero);
        long start = Stopwatch.GetTimestamp();
        T result = work();
        _stages[stage] += Stopwatch.GetElapsedTime(start);
        return result;
    }
}
