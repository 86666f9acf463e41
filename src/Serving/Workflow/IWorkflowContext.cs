using FrozenSeg.Serving.Workflow.Progress;

namespace FrozenSeg.Serving.Workflow;

/// <summary>
/// How the workflow acts on the world, for every host: an orchestration in the cloud, a runner in this process, a test.
/// The workflow touches nothing else, so that replaying it is harmless.
/// </summary>
internal interface IWorkflowContext
{
    /// <summary>
    /// Runs a stage and returns what became of it. Failures are data; only cancellation and bugs throw.
    /// </summary>
    /// <typeparam name="TInput">What the stage needs.</typeparam>
    /// <typeparam name="TOutput">What the stage gives.</typeparam>
    /// <param name="stage">Name of the stage, one of <see cref="StageNames"/>.</param>
    /// <param name="input">Its input.</param>
    Task<StageOutcome<TOutput>> RunStageAsync<TInput, TOutput>(string stage, TInput input)
        where TOutput : class, IStageOutput;

    /// <summary>Waits, without holding a thread or a machine.</summary>
    Task DelayAsync(TimeSpan delay);

    /// <summary>Tells the world how far the workflow has come.</summary>
    void Report(WorkflowProgress progress);
}
