using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.Progress;
using FrozenSeg.Serving.Workflow.Stages;

namespace FrozenSeg.Serving.Workflow.InProcess;

/// <summary>Runs the stages of one workflow on the thread pool.</summary>
/// <param name="stages">The stages.</param>
/// <param name="job">Told of progress.</param>
/// <param name="time">The clock.</param>
/// <param name="cancellation">Stops the workflow.</param>
internal sealed class InProcessContext(
    StageSet stages, RunningJob job, TimeProvider time, CancellationToken cancellation)
    : IWorkflowContext
{
    public async Task<StageOutcome<TOutput>> RunStageAsync<TInput, TOutput>(string stage, TInput input)
        where TOutput : class, IStageOutput
    {
        var progress = new StageListener(job, stage);
        StageOutcome<TOutput> outcome = await Task.Run(
            () => stages.RunAsync<TInput, TOutput>(stage, input, progress, cancellation), cancellation);
        if (outcome.Value is PreparedPicture prepared)
            job.Picture = prepared.Description;
        return outcome;
    }

    public Task DelayAsync(TimeSpan delay) => Task.Delay(delay, time, cancellation);

    public void Report(WorkflowProgress progress) => job.Report(progress);

    // Progress<T> would report from another thread, after the end even.
    private sealed class StageListener(RunningJob job, string stage) : IProgress<double>
    {
        public void Report(double value) => job.Report(stage, value);
    }
}
