using FrozenSeg.Pipeline.Workflow;
using FrozenSeg.Pipeline.Workflow.Documents;
using FrozenSeg.Pipeline.Workflow.Stages;
using Microsoft.Azure.Functions.Worker;

namespace FrozenSeg.Functions.Activities;

/// <summary>The stages of the workflow, each as the activity of its name. What fails is data, see <see cref="StageOutcome{T}"/>.</summary>
/// <param name="host">Brings the stages up.</param>
public sealed class StageActivities(StageHost host)
{
    private static readonly IProgress<double> Nobody = new NoProgress();

    /// <summary>Fetches the picture and looks at it.</summary>
    [Function(StageNames.Prepare)]
    public Task<StageOutcome<PreparedPicture>> PrepareAsync([ActivityTrigger] SegmentationJob input, CancellationToken cancellation) =>
        RunAsync<SegmentationJob, PreparedPicture>(StageNames.Prepare, input, cancellation);

    /// <summary>Asks a language model for more words.</summary>
    [Function(StageNames.ExpandPrompts)]
    public Task<StageOutcome<ExpandedRequest>> ExpandPromptsAsync([ActivityTrigger] ExpandInput input, CancellationToken cancellation) =>
        RunAsync<ExpandInput, ExpandedRequest>(StageNames.ExpandPrompts, input, cancellation);

    /// <summary>SAM's automatic masks.</summary>
    [Function(StageNames.GenerateMasks)]
    public Task<StageOutcome<MethodOutput>> GenerateMasksAsync([ActivityTrigger] MethodInput input, CancellationToken cancellation) =>
        RunAsync<MethodInput, MethodOutput>(StageNames.GenerateMasks, input, cancellation);

    /// <summary>FrozenSeg's proposals.</summary>
    [Function(StageNames.DecodeProposals)]
    public Task<StageOutcome<MethodOutput>> DecodeProposalsAsync([ActivityTrigger] MethodInput input, CancellationToken cancellation) =>
        RunAsync<MethodInput, MethodOutput>(StageNames.DecodeProposals, input, cancellation);

    /// <summary>The prompts that survive CLIP as RNN.</summary>
    [Function(StageNames.FilterPrompts)]
    public Task<StageOutcome<MethodOutput>> FilterPromptsAsync([ActivityTrigger] MethodInput input, CancellationToken cancellation) =>
        RunAsync<MethodInput, MethodOutput>(StageNames.FilterPrompts, input, cancellation);

    /// <summary>One answer from what the methods found.</summary>
    [Function(StageNames.Aggregate)]
    public Task<StageOutcome<MethodOutput>> AggregateAsync([ActivityTrigger] AggregateInput input, CancellationToken cancellation) =>
        RunAsync<AggregateInput, MethodOutput>(StageNames.Aggregate, input, cancellation);

    /// <summary>The files a user keeps.</summary>
    [Function(StageNames.Publish)]
    public Task<StageOutcome<PublishedFiles>> PublishAsync([ActivityTrigger] PublishInput input, CancellationToken cancellation) =>
        RunAsync<PublishInput, PublishedFiles>(StageNames.Publish, input, cancellation);

    /// <summary>Tells the caller's address of the end.</summary>
    [Function(StageNames.Notify)]
    public Task<StageOutcome<Notified>> NotifyAsync([ActivityTrigger] NotifyInput input, CancellationToken cancellation) =>
        RunAsync<NotifyInput, Notified>(StageNames.Notify, input, cancellation);

    private async Task<StageOutcome<TOutput>> RunAsync<TInput, TOutput>(string stage, TInput input, CancellationToken cancellation)
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
