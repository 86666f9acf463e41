using FrozenSeg.Serving.Workflow;
using FrozenSeg.Serving.Workflow.Progress;
using Microsoft.DurableTask;

namespace FrozenSeg.Functions.Orchestrations;

/// <summary>The workflow's world as a durable orchestration: stages are activities, waits are durable timers.</summary>
/// <param name="orchestration">The orchestration.</param>
internal sealed class DurableWorkflowContext(TaskOrchestrationContext orchestration) : IWorkflowContext
{
    // A worker that dies is not an answer of the stage: the back end gives the activity to another one. What is left to
    // fail here are bugs, and for those one more try on another replica is all there is to hope for.
    private static readonly TaskOptions Options = TaskOptions.FromRetryPolicy(
        new RetryPolicy(2, TimeSpan.FromSeconds(5)));

    public Task<StageOutcome<TOutput>> RunStageAsync<TInput, TOutput>(string stage, TInput input)
        where TOutput : class, IStageOutput =>
        orchestration.CallActivityAsync<StageOutcome<TOutput>>(stage, input, Options);

    public Task DelayAsync(TimeSpan delay) => orchestration.CreateTimer(delay, CancellationToken.None);

    public void Report(WorkflowProgress progress) => orchestration.SetCustomStatus(progress);
}
