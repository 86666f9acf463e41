using FrozenSeg.Shared.Results;

namespace FrozenSeg.Evaluation.Runs.Steps;

/// <summary>What a run's answers were made with, for answers that do not say so themselves.</summary>
internal sealed record MethodUse
{
    /// <summary>Calls of the method, those of earlier parts of the run included.</summary>
    public int Calls { get; init; }

    /// <summary>Seconds they took.</summary>
    public double Seconds { get; init; }

    /// <summary>Every setting, under its published name.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The networks, with the hashes of their weights.</summary>
    public IReadOnlyList<ModelStamp> Models { get; init; } = [];
}
