using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.Failures;
using FrozenSeg.Serving.Workflow.Progress;
using FrozenSeg.Shared.Artefacts;

namespace FrozenSeg.Serving.Workflow;

/// <summary>
/// From a request to files: Prepare, perhaps ExpandPrompts, the methods side by side, Aggregate, Publish, perhaps
/// Notify. Deterministic: it knows nothing but its context, so any host may replay it.
/// </summary>
internal static class SegmentationWorkflow
{
    /// <summary>Runs a job to its end. Failures are part of the result; only cancellation and bugs throw.</summary>
    /// <param name="context">The host.</param>
    /// <param name="job">The job.</param>
    /// <param name="retry">How failed stages are tried again.</param>
    public static async Task<WorkflowResult> RunAsync(IWorkflowContext context, SegmentationJob job, RetryOptions retry)
    {
        var board = new ProgressBoard(context, MethodPlan.Stages(job));
        var stages = new StageCalls(context, board, retry);
        WorkflowResult result = await SegmentAsync(stages, board, job);
        return job.Notifies && !result.IsCancelled ? await NotifyAsync(
            new StageCalls(context, board, retry with { MaxAttempts = retry.MaxNotifyAttempts }),
            board,
            job,
            result) : result;
    }

    private static async Task<WorkflowResult> SegmentAsync(StageCalls stages, ProgressBoard board, SegmentationJob job)
    {
        try
        {
            var picture = await stages.RunAsync<SegmentationJob, PreparedPicture>(StageNames.Prepare, job);
            ExpandedRequest words = job.Expands
                ? await stages.RunAsync<ExpandInput, ExpandedRequest>(
                    StageNames.ExpandPrompts, new ExpandInput(job.Request, picture.Image))
                : new ExpandedRequest(job.Request, []);
            MethodOutput[] outcomes = await Task.WhenAll(
                MethodPlan.Parts(job.Method)
                    .Select(part => RunMethodAsync(stages, part, picture.Image, words.Request)));
            var answer = await stages.RunAsync<AggregateInput, MethodOutput>(
                StageNames.Aggregate, new AggregateInput(words.Request, outcomes));
            var published = await stages.RunAsync<PublishInput, PublishedFiles>(
                StageNames.Publish,
                new PublishInput(job.Id, words.Request, picture, answer, board.Timings, words.Warnings));
            return new WorkflowResult(published, [], published.Warnings ?? words.Warnings, board.Now);
        }
        catch (StageFailedException failed) when (failed.Failure.Kind is FailureKind.Unwanted)
        {
            return new WorkflowResult(null, [], [], board.Now) { IsCancelled = true };
        }
        catch (StageFailedException failed)
        {
            return new WorkflowResult(null, failed.Failure.Problems, [], board.Now);
        }
    }

    private static Task<MethodOutput> RunMethodAsync(
        StageCalls stages, MethodPart part, ArtefactReference image, ArtefactReference request) =>
        stages.RunAsync<MethodInput, MethodOutput>(
            part.Stage,
            halvings => new MethodInput(image, request, part.Method, part.SettingPrefix, part.Tasks, halvings));

    // The caller asked to be told, and was not: that is a failure, but its files stay.
    private static async Task<WorkflowResult> NotifyAsync(
        StageCalls stages, ProgressBoard board, SegmentationJob job, WorkflowResult result)
    {
        try
        {
            var input = new NotifyInput(
                job.Id, job.Request, result.Published is not null, result.Published?.Segments ?? 0, result.Problems);
            await stages.RunAsync<NotifyInput, Notified>(StageNames.Notify, input);
            return result with { Progress = board.Now };
        }
        catch (StageFailedException failed)
        {
            return result with { Progress = board.Now, Problems = [.. result.Problems, .. failed.Failure.Problems] };
        }
    }
}
