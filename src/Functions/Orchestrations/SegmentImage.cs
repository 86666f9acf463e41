using FrozenSeg.Functions.Activities;
using FrozenSeg.Serving.Workflow;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Problems;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace FrozenSeg.Functions.Orchestrations;

/// <summary>One picture: the workflow, as a durable orchestration.</summary>
public static class SegmentImage
{
    /// <summary>Name of the orchestration.</summary>
    public const string Name = nameof(SegmentImage);

    /// <summary>Runs the workflow to its end; failures are part of the result.</summary>
    [Function(Name)]
    public static async Task<WorkflowResult> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, SegmentationStart start)
    {
        WorkflowResult result = start.Rejections.Count > 0
            ? new WorkflowResult(null, start.Rejections, [], WorkflowProgress.None)
            : await SegmentationWorkflow.RunAsync(new DurableWorkflowContext(context), start.Job, RetryOptions.Default);
        return start.Upload is string upload ? await RecordAsync(context, upload, start.Job, result) : result;
    }

    // A record that cannot be written takes no result with it.
    private static async Task<WorkflowResult> RecordAsync(
        TaskOrchestrationContext context, string upload, SegmentationJob job, WorkflowResult result)
    {
        try
        {
            var record = new UploadRecord(upload, job, result, context.CurrentUtcDateTime);
            await context.CallActivityAsync(RecordUpload.Name, record, ActivityRetry.Options);
            return result;
        }
        catch (TaskFailedException failure)
        {
            var problem = new SegmentationProblem(
                ProblemKind.Storage,
                $"results/uploads/{upload}.json",
                $"the record could not be written ({failure.FailureDetails.ErrorMessage})",
                "Look at the segmentation itself");
            return result with { Problems = [.. result.Problems, problem] };
        }
    }
}
