using FrozenSeg.Serving.Workflow.Failures;
using FrozenSeg.Serving.Workflow.Progress;

namespace FrozenSeg.Serving.Workflow;

/// <summary>Runs stages for the workflow: again when that may help, with a smaller batch when memory ran out.</summary>
/// <param name="context">Runs a stage once.</param>
/// <param name="board">Where progress is noted.</param>
/// <param name="retry">How failed stages are tried again.</param>
internal sealed class StageCalls(IWorkflowContext context, ProgressBoard board, RetryOptions retry)
{
    /// <summary>Runs a stage to its end.</summary>
    /// <exception cref="StageFailedException">It failed for good.</exception>
    public Task<TOutput> RunAsync<TInput, TOutput>(string stage, TInput input)
        where TOutput : class, IStageOutput => RunAsync<TInput, TOutput>(stage, _ => input, canShrink: false);

    /// <summary>Runs a stage whose batch can be made smaller.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="input">Its input after so many halvings.</param>
    /// <param name="canShrink">Whether halving changes anything.</param>
    /// <exception cref="StageFailedException">It failed for good.</exception>
    public async Task<TOutput> RunAsync<TInput, TOutput>(string stage, Func<int, TInput> input, bool canShrink = true)
        where TOutput : class, IStageOutput
    {
        int halvings = 0;
        for (int attempt = 1; ; attempt++)
        {
            board.Begin(stage);
            StageOutcome<TOutput> outcome = await context.RunStageAsync<TInput, TOutput>(stage, input(halvings));
            if (outcome.Failure is not StageFailure failure)
            {
                board.End(stage, outcome.WasSkipped ? StageState.Skipped : StageState.Done, outcome.Seconds);
                return outcome.Value!;
            }

            if (failure.Kind is FailureKind.OutOfMemory && canShrink && halvings < retry.MaxBatchHalvings)
            {
                halvings++;
            }
            else if (failure.Kind is FailureKind.Transient && attempt < retry.MaxAttempts)
            {
                await context.DelayAsync(retry.DelayAfter(attempt));
            }
            else
            {
                board.End(stage, StageState.Failed, outcome.Seconds);
                throw new StageFailedException(stage, failure);
            }
        }
    }
}
