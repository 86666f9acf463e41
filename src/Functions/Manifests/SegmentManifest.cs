using FrozenSeg.Functions.Orchestrations;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.Progress;
using FrozenSeg.Shared.Problems;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace FrozenSeg.Functions.Manifests;

/// <summary>
/// Many pictures: page by page, each picture an orchestration of its own. A picture that fails is a row, not a failure.
/// Starts itself again after each page, so that its history stays short however long the manifest is.
/// </summary>
internal static class SegmentManifest
{
    /// <summary>Name of the orchestration.</summary>
    public const string Name = nameof(SegmentManifest);

    private static readonly WorkflowResult Unfinished = Failed([]);

    /// <summary>Does one page, and the last one closes. An upload's record is written at its end.</summary>
    [Function(Name)]
    public static async Task<WorkflowResult> RunAsync(
        [OrchestrationTrigger] TaskOrchestrationContext context, ManifestState state)
    {
        WorkflowResult? ended = await DoPageAsync(context, state);
        if (ended is null || state.Upload is not string upload)
            return ended ?? Unfinished;
        SegmentationStatus accepted = state.Queued(state.Accepted ?? UploadRecords.Now(context));
        return await UploadRecords.WriteAsync(context, upload, accepted, ended);
    }

    // Null: it has started itself anew, for the next page.
    private static async Task<WorkflowResult?> DoPageAsync(TaskOrchestrationContext context, ManifestState state)
    {
        try
        {
            ManifestPlan plan = state.Plan
                ?? await context.CallActivityAsync<ManifestPlan>(ManifestActivities.Plan, state, ActivityRetry.Options);
            return plan.Problems.Count > 0
                ? Failed(plan.Problems)
                : await DoPageAsync(context, state with { Plan = plan }, plan);
        }
        catch (TaskFailedException failure)
        {
            return Failed(
            [
                new SegmentationProblem(
                    ProblemKind.Storage,
                    state.Manifest.Name,
                    $"it could not be worked through ({failure.FailureDetails.ErrorMessage})",
                    "Send it again"),
            ]);
        }
    }

    private static async Task<WorkflowResult?> DoPageAsync(
        TaskOrchestrationContext context, ManifestState state, ManifestPlan plan)
    {
        context.SetCustomStatus(new ManifestProgress(plan.Lines, state.Done, state.Failed));
        var lines = await context.CallActivityAsync<ManifestLine[]>(
            ManifestActivities.Read, new ManifestPageInput(state.Id, state.NextPage), ActivityRetry.Options);
        ManifestRow[] rows = await Task.WhenAll(lines.Select(line => SegmentAsync(context, state.Id, line)));
        await context.CallActivityAsync(
            ManifestActivities.Write, new ManifestRows(state.Id, state.NextPage, rows), ActivityRetry.Options);

        ManifestState next = state with
        {
            NextPage = state.NextPage + 1,
            Done = state.Done + rows.Length,
            Failed = state.Failed + rows.Count(row => row.State is not SegmentationState.Succeeded),
        };
        context.SetCustomStatus(new ManifestProgress(plan.Lines, next.Done, next.Failed));
        if (next.NextPage == plan.Pages)
            return await context.CallActivityAsync<WorkflowResult>(
                ManifestActivities.Close, next, ActivityRetry.Options);
        context.ContinueAsNew(next);
        return null;
    }

    private static async Task<ManifestRow> SegmentAsync(
        TaskOrchestrationContext context, string manifest, ManifestLine line)
    {
        if (line.Job is not SegmentationJob job)
            return Row(line, SegmentationState.Failed, null, line.Problems);
        try
        {
            WorkflowResult result = await context.CallSubOrchestratorAsync<WorkflowResult>(
                SegmentImage.Name, SegmentationStart.Of(job) with
                {
                    Manifest = manifest,
                }, new SubOrchestrationOptions(instanceId: job.Id));
            return Row(line, result.State, result.Published?.Segments, result.Problems);
        }
        catch (TaskFailedException failure)
        {
            return Row(line, SegmentationState.Failed, null,
            [
                new SegmentationProblem(
                    ProblemKind.Unavailable,
                    job.Id,
                    $"it was stopped or failed ({failure.FailureDetails.ErrorMessage})",
                    "Send the line again"),
            ]);
        }
    }

    private static WorkflowResult Failed(IReadOnlyList<SegmentationProblem> problems) =>
        new(null, problems, [], WorkflowProgress.None);

    private static ManifestRow Row(
        ManifestLine line, SegmentationState state, int? segments, IReadOnlyList<SegmentationProblem> problems) =>
        new(line.Number, line.Image, line.Job?.Id, state, segments, [.. problems.Select(problem => problem.Message)]);
}
