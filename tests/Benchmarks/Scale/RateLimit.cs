namespace FrozenSeg.Benchmarks.Scale;

/// <summary>So many operations a second, in the order they are asked for: a task hub, a storage account.</summary>
/// <param name="rate">Operations a second.</param>
internal sealed class RateLimit(double rate)
{
    private double _free;

    /// <summary>Operations that were done.</summary>
    public long Count { get; private set; }

    /// <summary>Most operations that ever waited.</summary>
    public double LongestQueue { get; private set; }

    /// <summary>When operations asked for now are done.</summary>
    public double Done(double now, int operations)
    {
        LongestQueue = Math.Max(LongestQueue, (_free - now) * rate);
        _free = Math.Max(now, _free) + (operations / rate);
        Count += operations;
        return _free;
    }

    /// <summary>Share of what it could do that was asked of it.</summary>
    public double Load(double seconds) => Count / (rate * seconds);
}
