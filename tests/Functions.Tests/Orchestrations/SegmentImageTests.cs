using System.Collections.Concurrent;
using FrozenSeg.Functions.Orchestrations;
using FrozenSeg.Functions.Tests.Host;
using FrozenSeg.Serving.Workflow;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.Failures;
using FrozenSeg.Serving.Workflow.Progress;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Results;
using Microsoft.DurableTask.Client;

namespace FrozenSeg.Functions.Tests.Orchestrations;

public sealed class SegmentImageTests
{
    private static readonly ArtefactReference Request = new("requests/1.json", 1), Image = new("images/1", 1),
        Outcome = new("outcomes/1.json", 1);
    private static readonly SegmentationJob Job = new("replayed", Request, "automask", Expands: false, Notifies: false);

    private readonly ConcurrentQueue<string> _activities = [];
    private int _runs;

    [Fact]
    public async Task Run_ReplayedAfterEveryStage_RunsEachStageOnceAndTheFlakyOneTwice()
    {
        await using InProcessTaskHub host = await StartAsync(prepare: Flaky());

        OrchestrationMetadata ended = await RunAsync(host, SegmentationStart.Of(Job));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Equal(7, ended.ReadOutputAs<WorkflowResult>()!.Published!.Segments);
        Assert.Equal(["Prepare", "Prepare", "GenerateMasks", "Aggregate", "Publish"], _activities);
        Assert.True(_runs > _activities.Count, $"the orchestrator ran {_runs} times, so it was not replayed");
        WorkflowProgress progress = ended.ReadCustomStatusAs<WorkflowProgress>()!;
        Assert.All(progress.Stages, stage => Assert.Equal(StageState.Done, stage.State));
        Assert.Equal(2, progress.Stages[0].Attempts);
    }

    [Fact]
    public async Task Run_PermanentFailure_EndsWithItsReason()
    {
        var problem = new SegmentationProblem(ProblemKind.InvalidImage, "a.png", "it is not a picture", "Send one");
        await using InProcessTaskHub host = await StartAsync(
            prepare: () =>
                new StageOutcome<PreparedPicture>(null, new StageFailure(FailureKind.Permanent, [problem]), 0));

        OrchestrationMetadata ended = await RunAsync(host, SegmentationStart.Of(Job));

        WorkflowResult result = ended.ReadOutputAs<WorkflowResult>()!;
        Assert.Null(result.Published);
        Assert.Equal([problem], result.Problems);
        Assert.Equal(["Prepare"], _activities);
    }

    [Fact]
    public async Task Run_RejectedBeforeTheStart_FailsWithoutAnyStage()
    {
        var problem = new SegmentationProblem(
            ProblemKind.InvalidRequest, "method", "there is no such method", "Use another");
        await using InProcessTaskHub host = await StartAsync(prepare: Flaky());

        OrchestrationMetadata ended = await RunAsync(host, new SegmentationStart(Job, [problem]));

        Assert.Equal([problem], ended.ReadOutputAs<WorkflowResult>()!.Problems);
        Assert.Empty(_activities);
    }

    private static async Task<OrchestrationMetadata> RunAsync(InProcessTaskHub host, SegmentationStart start)
    {
        string id = await host.Client.ScheduleNewOrchestrationInstanceAsync(SegmentImage.Name, start);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, limit.Token);
    }

    private static Func<StageOutcome<PreparedPicture>> Flaky()
    {
        int calls = 0;
        var picture = new PreparedPicture(Image, new ResultImage("a.png", 4, 3, "00", 1));
        var away = new SegmentationProblem(ProblemKind.Storage, "images", "storage does not answer", "Try again later");
        return () => ++calls == 1
            ? new StageOutcome<PreparedPicture>(null, new StageFailure(FailureKind.Transient, [away]), 0)
            : new StageOutcome<PreparedPicture>(picture, null, 0.1);
    }

    private Task<InProcessTaskHub> StartAsync(Func<StageOutcome<PreparedPicture>> prepare) =>
        InProcessTaskHub.StartAsync(registry =>
        {
            registry.AddOrchestratorFunc<SegmentationStart, WorkflowResult>(SegmentImage.Name, (context, start) =>
            {
                Interlocked.Increment(ref _runs);
                return SegmentImage.RunAsync(context, start);
            });
            registry.AddActivityFunc<SegmentationJob, StageOutcome<PreparedPicture>>(
                StageNames.Prepare, (_, _) => Note(StageNames.Prepare, prepare()));
            registry.AddActivityFunc<MethodInput, StageOutcome<MethodOutput>>(
                StageNames.GenerateMasks,
                (_, input) => Note(StageNames.GenerateMasks, Done(new MethodOutput(input.Method, Outcome, 7))));
            registry.AddActivityFunc<AggregateInput, StageOutcome<MethodOutput>>(
                StageNames.Aggregate, (_, input) => Note(StageNames.Aggregate, Done(input.Outcomes[0])));
            registry.AddActivityFunc<PublishInput, StageOutcome<PublishedFiles>>(StageNames.Publish, (_, input) => Note(
                StageNames.Publish,
                Done(new PublishedFiles(
                    new Dictionary<string, ArtefactReference> { ["result.json"] = Outcome }, input.Answer.Segments))));
        });

    private static StageOutcome<T> Done<T>(T value) => new(value, null, 0.1);

    private T Note<T>(string stage, T outcome)
    {
        _activities.Enqueue(stage);
        return outcome;
    }
}
