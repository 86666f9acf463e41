using FrozenSeg.Serving.Workflow;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.Progress;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace FrozenSeg.Functions.Orchestrations;

/// <summary>One picture: the workflow, as a durable orchestration.</summary>
internal static class SegmentImage
{
    /// <summary>Name of the orchestration.</summary>
    public const string Name = nameof(SegmentImage);

    /// <summary>Runs the workflow to its end; failures are part of the result.</summary>
    [Function(Name)]
    public static async Task<WorkflowResult> RunAsync(
        [OrchestrationTrigger] TaskOrchestrationContext context, SegmentationStart start)
    {
        WorkflowResult result = start.Rejections.Count > 0
            ? new WorkflowResult(null, start.Rejections, [], WorkflowProgress.None)
            : await SegmentationWorkflow.RunAsync(new DurableWorkflowContext(context), start.Job, RetryOptions.Default);
        if (start.Upload is not string upload)
            return result;
        SegmentationStatus accepted = SegmentationStatus.Queued(
            start.Job, start.Accepted ?? UploadRecords.Now(context));
        return await UploadRecords.WriteAsync(context, upload, accepted, result);
    }
}
