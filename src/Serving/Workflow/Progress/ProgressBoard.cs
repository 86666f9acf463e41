using FrozenSeg.Shared.Results;

namespace FrozenSeg.Serving.Workflow.Progress;

/// <summary>Where each stage of one workflow stands; every change is reported.</summary>
/// <param name="context">Told of every change.</param>
/// <param name="stages">The stages, in order.</param>
internal sealed class ProgressBoard(IWorkflowContext context, IReadOnlyList<string> stages)
{
    private readonly Lock _lock = new();
    private StageProgress[] _stages = [.. stages.Select(StageProgress.Pending)];

    /// <summary>The stages as they stand.</summary>
    public WorkflowProgress Now => new(_stages);

    /// <summary>Wall time of the stages that have ended.</summary>
    public IReadOnlyList<StageTiming> Timings =>
        [.. _stages.Where(stage => stage.Seconds is not null).Select(
            stage => new StageTiming(stage.Name, stage.Seconds!.Value))];

    public void Begin(string stage) =>
        Change(stage, known => known with { State = StageState.Running, Attempts = known.Attempts + 1, Fraction = 0 });

    public void End(string stage, StageState state, double seconds) =>
        Change(stage, known => known with
        {
            State = state,
            Seconds = Math.Round(seconds, 4),
            Fraction = state is StageState.Failed ? known.Fraction : 1,
        });

    private void Change(string stage, Func<StageProgress, StageProgress> change)
    {
        // Stages side by side end on different threads when the workflow runs in process.
        lock (_lock)
        {
            _stages = [.. _stages.Select(known => known.Name == stage ? change(known) : known)];
            context.Report(Now);
        }
    }
}
