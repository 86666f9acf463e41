namespace FrozenSeg.Serving.Workflow;

/// <summary>How failed stages are tried again.</summary>
internal sealed record RetryOptions
{
    /// <summary>The service's own: about two minutes of patience with storage and network.</summary>
    public static RetryOptions Default { get; } = new();

    /// <summary>Most runs of a stage that fails for reasons that may pass. Default: 7.</summary>
    public int MaxAttempts { get; init; } = 7;

    /// <summary>Most attempts to reach a callback. Default: 2.</summary>
    public int MaxNotifyAttempts { get; init; } = 2;

    /// <summary>Wait before the second run; it doubles with each. 1 s.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait; 1 minute.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often a batch is halved after running out of memory; 6, so 64 becomes 1.</summary>
    public int MaxBatchHalvings { get; init; } = 6;

    /// <summary>The wait after so many runs.</summary>
    public TimeSpan DelayAfter(int attempts)
    {
        double factor = Math.Pow(2, Math.Min(attempts - 1, 30));
        return FirstDelay * factor < LongestDelay ? FirstDelay * factor : LongestDelay;
    }
}
