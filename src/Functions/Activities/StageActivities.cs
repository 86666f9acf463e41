using FrozenSeg.Serving.Workflow;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.Failures;
using FrozenSeg.Serving.Workflow.Stages;
using FrozenSeg.Shared.Problems;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FrozenSeg.Functions.Activities;

/// <summary>
/// The stages of the workflow, each as the activity of its name. What fails is data, see <see cref="StageOutcome{T}"/>.
/// </summary>
/// <param name="host">Brings the stages up.</param>
/// <param name="time">The clock.</param>
internal sealed class StageActivities(StageHost host, TimeProvider time)
{
    // Where the host says which orchestration an activity belongs to.
    private const string InstanceData = "instanceId";

    private static readonly IProgress<double> Nobody = new NoProgress();

    /// <summary>Fetches the picture and looks at it.</summary>
    [Function(StageNames.Prepare)]
    public Task<StageOutcome<PreparedPicture>> PrepareAsync(
        [ActivityTrigger] SegmentationJob input, CancellationToken cancellation) =>
        RunAsync<SegmentationJob, PreparedPicture>(StageNames.Prepare, input, cancellation);

    /// <summary>Asks a language model for more words.</summary>
    [Function(StageNames.ExpandPrompts)]
    public Task<StageOutcome<ExpandedRequest>> ExpandPromptsAsync(
        [ActivityTrigger] ExpandInput input, CancellationToken cancellation) =>
        RunAsync<ExpandInput, ExpandedRequest>(StageNames.ExpandPrompts, input, cancellation);

    /// <summary>SAM's automatic masks.</summary>
    [Function(StageNames.GenerateMasks)]
    public Task<StageOutcome<MethodOutput>> GenerateMasksAsync(
        [ActivityTrigger] MethodInput input,
        [DurableClient] DurableTaskClient client,
        FunctionContext context,
        CancellationToken cancellation) =>
        RunWhileWantedAsync(StageNames.GenerateMasks, input, client, context, cancellation);

    /// <summary>FrozenSeg's proposals.</summary>
    [Function(StageNames.DecodeProposals)]
    public Task<StageOutcome<MethodOutput>> DecodeProposalsAsync(
        [ActivityTrigger] MethodInput input,
        [DurableClient] DurableTaskClient client,
        FunctionContext context,
        CancellationToken cancellation) =>
        RunWhileWantedAsync(StageNames.DecodeProposals, input, client, context, cancellation);

    /// <summary>The prompts that survive CLIP as RNN.</summary>
    [Function(StageNames.FilterPrompts)]
    public Task<StageOutcome<MethodOutput>> FilterPromptsAsync(
        [ActivityTrigger] MethodInput input,
        [DurableClient] DurableTaskClient client,
        FunctionContext context,
        CancellationToken cancellation) =>
        RunWhileWantedAsync(StageNames.FilterPrompts, input, client, context, cancellation);

    /// <summary>One answer from what the methods found.</summary>
    [Function(StageNames.Aggregate)]
    public Task<StageOutcome<MethodOutput>> AggregateAsync(
        [ActivityTrigger] AggregateInput input, CancellationToken cancellation) =>
        RunAsync<AggregateInput, MethodOutput>(StageNames.Aggregate, input, cancellation);

    /// <summary>The files a user keeps.</summary>
    [Function(StageNames.Publish)]
    public Task<StageOutcome<PublishedFiles>> PublishAsync(
        [ActivityTrigger] PublishInput input, CancellationToken cancellation) =>
        RunAsync<PublishInput, PublishedFiles>(StageNames.Publish, input, cancellation);

    /// <summary>Tells the caller's address of the end.</summary>
    [Function(StageNames.Notify)]
    public Task<StageOutcome<Notified>> NotifyAsync(
        [ActivityTrigger] NotifyInput input, CancellationToken cancellation) =>
        RunAsync<NotifyInput, Notified>(StageNames.Notify, input, cancellation);

    private async Task<StageOutcome<MethodOutput>> RunWhileWantedAsync(
        string stage,
        MethodInput input,
        DurableTaskClient client,
        FunctionContext context,
        CancellationToken cancellation)
    {
        if (context.BindingContext.BindingData.GetValueOrDefault(InstanceData) is not string instance)
            return await RunAsync<MethodInput, MethodOutput>(stage, input, cancellation);
        return await new Wanted(client, time).RunAsync(
            instance, stop => RunAsync<MethodInput, MethodOutput>(stage, input, stop), cancellation) ?? Unwanted(stage);
    }

    // Read only where the manifest was stopped and the picture's own orchestration was not: it goes on to its end, and
    // with this ends as cancelled.
    private static StageOutcome<MethodOutput> Unwanted(string stage) => new(
        null,
        new StageFailure(
            FailureKind.Unwanted,
            [new SegmentationProblem(ProblemKind.Unavailable, stage, "the segmentation was stopped", "Start another")]),
        0);

    private async Task<StageOutcome<TOutput>> RunAsync<TInput, TOutput>(
        string stage, TInput input, CancellationToken cancellation)
        where TOutput : class, IStageOutput
    {
        StageSet stages = await host.StagesAsync(cancellation);
        return await stages.RunAsync<TInput, TOutput>(stage, input, Nobody, cancellation);
    }

    // A durable status changes between stages, not within one.
    private sealed class NoProgress : IProgress<double>
    {
        public void Report(double value)
        {
        }
    }
}
