namespace FrozenSeg.Pipeline.Evaluation;

/// <summary>How an evaluation runs; nothing here changes a figure.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Threads; all cores unless set.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Told the share done, 0..1.</summary>
    public IProgress<double>? Progress { get; init; }

    /// <summary>Stops the work.</summary>
    public CancellationToken Cancellation { get; init; }
}
