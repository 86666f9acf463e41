using FrozenSeg.Functions.Activities;
using FrozenSeg.Pipeline.Workflow;
using FrozenSeg.Pipeline.Workflow.Documents;
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
        if (start.Upload is string upload)
            await context.CallActivityAsync(RecordUpload.Name, new UploadRecord(upload, start.Job, result, context.CurrentUtcDateTime));
        return result;
    }
}
