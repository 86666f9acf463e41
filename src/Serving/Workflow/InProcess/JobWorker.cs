using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.Failures;
using FrozenSeg.Serving.Workflow.Stages;
using FrozenSeg.Serving.Workflow.Telemetry;
using FrozenSeg.Shared.Problems;
using Microsoft.Extensions.Logging;

namespace FrozenSeg.Serving.Workflow.InProcess;

/// <summary>Takes a segmentation through its workflow, whatever becomes of it. Safe for many callers.</summary>
/// <param name="options">How long it may take, and how stages are tried again.</param>
/// <param name="stages">The stages.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Told of bugs.</param>
internal sealed class JobWorker(InProcessOptions options, StageSet stages, TimeProvider time, ILogger log)
{
    /// <summary>Runs a job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="shutdown">Leaves it for the next process.</param>
    /// <returns>How it ended; null where it was stopped or left.</returns>
    public async Task<SegmentationStatus?> RunAsync(RunningJob job, CancellationToken shutdown)
    {
        using var limit = new CancellationTokenSource(options.LongestJob, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(shutdown, job.Stopped, limit.Token);
        try
        {
            job.Begin();
            var context = new InProcessContext(stages, job, time, stop.Token);
            WorkflowResult result = await SegmentationWorkflow.RunAsync(context, job.Job, options.Retry);
            return job.Status.With(result, time.GetUtcNow());
        }
        catch (OperationCanceledException) when (
            shutdown.IsCancellationRequested || job.Stopped.IsCancellationRequested)
        {
            return null;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return Failed(job, [new SegmentationProblem(
                ProblemKind.Unavailable,
                "segmentation",
                $"it took longer than {options.LongestJob.TotalMinutes:N0} minutes",
                "Ask for less, or allow it more time")]);
        }
#pragma warning disable CA1031 // A bug in one segmentation must not stop the others.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            ServiceLog.JobBroke(log, failure, job.Job.Id);
            return Failed(job, FailureClassifier.Classify("workflow", failure).Problems);
        }
    }

    private SegmentationStatus Failed(RunningJob job, IReadOnlyList<SegmentationProblem> problems) => job.Status with
    {
        State = SegmentationState.Failed,
        Ended = time.GetUtcNow(),
        Problems = problems,
    };
}
