namespace FrozenSeg.Serving.Workflow.InProcess;

/// <summary>How segmentations run in this process.</summary>
internal sealed record InProcessOptions
{
    /// <summary>Folder for the journal.</summary>
    public required string Folder { get; init; }

    /// <summary>
    /// Segmentations at work at once. Default: 2, so that one can be written while the next is computed.
    /// </summary>
    public int Parallelism { get; init; } = 2;

    /// <summary>Most segmentations that have not ended. Default: 10,000.</summary>
    public int MaxQueued { get; init; } = 10_000;

    /// <summary>
    /// Longest time one segmentation may work; its wait for its turn does not count. Default: 2 hours.
    /// </summary>
    public TimeSpan LongestJob { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How failed stages are tried again.</summary>
    public RetryOptions Retry { get; init; } = RetryOptions.Default;
}
