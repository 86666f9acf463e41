using FrozenSeg.Functions.Activities;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Problems;
using Microsoft.DurableTask;

namespace FrozenSeg.Functions.Orchestrations;

/// <summary>How orchestrations that an upload started leave word of their end.</summary>
internal static class UploadRecords
{
    /// <summary>
    /// Writes the record. One that cannot be written takes no result with it: the problem is added to it.
    /// </summary>
    /// <param name="context">The orchestration.</param>
    /// <param name="upload">The blob.</param>
    /// <param name="accepted">The status it had when it was accepted.</param>
    /// <param name="result">How it ended.</param>
    public static async Task<WorkflowResult> WriteAsync(
        TaskOrchestrationContext context, string upload, SegmentationStatus accepted, WorkflowResult result)
    {
        try
        {
            SegmentationStatus ended = accepted.With(result, Now(context));
            await context.CallActivityAsync(RecordUpload.Name, new UploadRecord(upload, ended), ActivityRetry.Options);
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

    /// <summary>The orchestration's own time.</summary>
    public static DateTimeOffset Now(TaskOrchestrationContext context) =>
        new(context.CurrentUtcDateTime, TimeSpan.Zero);
}
