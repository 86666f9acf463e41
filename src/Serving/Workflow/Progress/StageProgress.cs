using System.Text.Json.Serialization;

namespace FrozenSeg.Serving.Workflow.Progress;

/// <summary>How far one stage has come.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Seconds">Wall time of its last run; null before it has ended.</param>
/// <param name="Attempts">Runs so far.</param>
/// <param name="Fraction">Share of its present run that is done, 0..1.</param>
internal sealed record StageProgress(string Name, StageState State, double? Seconds, int Attempts, double Fraction)
{
    /// <summary>A stage that has not begun.</summary>
    public static StageProgress Pending(string name) => new(name, StageState.Pending, null, 0, 0);

    /// <summary>Share of the stage that is done, 0..1.</summary>
    [JsonIgnore]
    public double Share => State is StageState.Done or StageState.Skipped ? 1 : Fraction;
}
