namespace FrozenSeg.Serving.Workflow.Progress;

/// <summary>How far a workflow has come.</summary>
/// <param name="Stages">The stages it has, in order.</param>
internal sealed record WorkflowProgress(IReadOnlyList<StageProgress> Stages)
{
    /// <summary>Nothing known yet.</summary>
    public static WorkflowProgress None { get; } = new([]);

    /// <summary>Share done, 0..1. The stages that run a method weigh ten times the others.</summary>
    public double Fraction => Stages.Count == 0
        ? 0
        : Stages.Sum(stage => Weight(stage.Name) * stage.Share) / Stages.Sum(stage => Weight(stage.Name));

    /// <summary>This progress with one stage further on.</summary>
    public WorkflowProgress At(string stage, double fraction) => new(
        [.. Stages.Select(
            known => known.Name == stage && known.State is StageState.Running ? known with
            {
                Fraction = fraction,
            } : known)]);

    private static double Weight(string stage) =>
        stage is StageNames.GenerateMasks or StageNames.DecodeProposals or StageNames.FilterPrompts ? 10 : 1;
}
