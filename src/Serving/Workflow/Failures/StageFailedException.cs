namespace FrozenSeg.Serving.Workflow.Failures;

/// <summary>Carries a final failure from a stage to the end of its workflow.</summary>
/// <param name="stage">The stage.</param>
/// <param name="failure">Why it failed.</param>
internal sealed class StageFailedException(string stage, StageFailure failure) : Exception($"{stage} failed")
{
    /// <summary>The stage.</summary>
    public string Stage => stage;

    /// <summary>Why it failed.</summary>
    public StageFailure Failure => failure;
}
