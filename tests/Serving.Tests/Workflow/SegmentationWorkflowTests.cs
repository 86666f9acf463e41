using FrozenSeg.Serving.Workflow;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.Failures;
using FrozenSeg.Serving.Workflow.Progress;
using FrozenSeg.Shared.Artefacts;

namespace FrozenSeg.Serving.Tests.Workflow;

public sealed class SegmentationWorkflowTests
{
    private static readonly RetryOptions Retry = new();

    [Fact]
    public async Task Run_Automask_GoesFromPictureToFiles()
    {
        var context = new ScriptedContext();

        WorkflowResult result = await RunAsync(context, Job("automask"));

        Assert.Equal(["Prepare", "GenerateMasks", "Aggregate", "Publish"], context.Calls);
        Assert.Contains("result.json", result.Published!.Files.Keys);
        Assert.Equal(1, result.Progress.Fraction, 6);
        Assert.All(result.Progress.Stages, stage => Assert.Equal((StageState.Done, 1), (stage.State, stage.Attempts)));
    }

    [Fact]
    public async Task Run_Fused_RunsThreeMethodsOnExpandedWords()
    {
        var context = new ScriptedContext();

        WorkflowResult result = await RunAsync(context, Job("fused") with { Expands = true });

        Assert.Equal(
            ["Prepare", "ExpandPrompts", "GenerateMasks", "DecodeProposals", "FilterPrompts", "Aggregate", "Publish"],
            context.Calls);
        Assert.Equal(
            ["automask", "proposals", "car"], context.Inputs.OfType<MethodInput>().Select(input => input.Method));
        Assert.All(context.Inputs.OfType<MethodInput>(), input => Assert.Equal("requests/expanded", input.Request.Key));
        Assert.Equal(["some words were left out", "the models are small"], result.Warnings);
    }

    [Fact]
    public async Task Run_StageFailsForAWhile_WaitsLongerEachTime()
    {
        ScriptedContext context = new ScriptedContext().Failing(StageNames.Publish, FailureKind.Transient, 3);

        WorkflowResult result = await RunAsync(context, Job("automask"));

        Assert.NotNull(result.Published);
        Assert.Equal([1.0, 2, 4], context.Delays.Select(delay => delay.TotalSeconds));
        Assert.Equal(4, result.Progress.Stages.Single(stage => stage.Name == StageNames.Publish).Attempts);
    }

    [Fact]
    public async Task Run_StageFailsForEver_EndsWithItsReason()
    {
        ScriptedContext context = new ScriptedContext().Failing(StageNames.Publish, FailureKind.Transient, 1000);

        WorkflowResult result = await RunAsync(context, Job("automask"));

        Assert.Null(result.Published);
        Assert.Equal("it broke", Assert.Single(result.Problems).Found);
        Assert.Equal(Retry.MaxAttempts, context.Calls.Count(call => call == StageNames.Publish));
        Assert.Equal(StageState.Failed, result.Progress.Stages.Single(stage => stage.Name == StageNames.Publish).State);
    }

    [Fact]
    public async Task Run_BadInput_IsNotTriedAgain()
    {
        ScriptedContext context = new ScriptedContext().Failing(StageNames.Prepare, FailureKind.Permanent, 1);

        WorkflowResult result = await RunAsync(context, Job("automask"));

        Assert.Equal([StageNames.Prepare], context.Calls);
        Assert.Empty(context.Delays);
        Assert.NotEmpty(result.Problems);
    }

    [Fact]
    public async Task Run_MemoryShort_HalvesTheBatch()
    {
        ScriptedContext context = new ScriptedContext().Failing(StageNames.GenerateMasks, FailureKind.OutOfMemory, 2);

        WorkflowResult result = await RunAsync(context, Job("automask"));

        Assert.NotNull(result.Published);
        Assert.Equal([0, 1, 2], context.Inputs.OfType<MethodInput>().Select(input => input.BatchHalvings));
        Assert.Empty(context.Delays);
    }

    [Theory]
    [InlineData(6, true)]
    [InlineData(7, false)]
    public async Task Run_MemoryShortAtEverySize_FailsAfterTheLastHalving(int times, bool succeeds)
    {
        ScriptedContext context = new ScriptedContext().Failing(
            StageNames.GenerateMasks, FailureKind.OutOfMemory, times);

        Assert.Equal(succeeds, (await RunAsync(context, Job("automask"))).Published is not null);
    }

    [Fact]
    public async Task Run_StageAnEarlierRunHasDone_IsShownAsSkipped()
    {
        var context = new ScriptedContext { Skipped = StageNames.Aggregate };

        WorkflowResult result = await RunAsync(context, Job("automask"));

        Assert.Equal(
            [StageState.Done, StageState.Done, StageState.Skipped, StageState.Done],
            result.Progress.Stages.Select(stage => stage.State));
    }

    [Fact]
    public async Task Run_MemoryShortWhereNothingShrinks_Fails()
    {
        ScriptedContext context = new ScriptedContext().Failing(StageNames.Publish, FailureKind.OutOfMemory, 1);

        Assert.Null((await RunAsync(context, Job("automask"))).Published);
    }

    [Theory]
    [InlineData(StageNames.Prepare, false)]
    [InlineData("", true)]
    public async Task Run_Callback_IsToldHowItEnded(string failing, bool succeeded)
    {
        ScriptedContext context = new ScriptedContext().Failing(failing, FailureKind.Permanent, 1);

        await RunAsync(context, Job("automask") with { Notifies = true });

        NotifyInput told = Assert.Single(context.Inputs.OfType<NotifyInput>());
        Assert.Equal((succeeded, succeeded ? 2 : 0), (told.Succeeded, told.Segments));
    }

    [Fact]
    public async Task Run_CallbackFails_FailsWithItsReasonAndTheResultStays()
    {
        ScriptedContext context = new ScriptedContext().Failing(StageNames.Notify, FailureKind.Permanent, 1);

        WorkflowResult result = await RunAsync(context, Job("automask") with { Notifies = true });

        Assert.Equal(SegmentationState.Failed, result.State);
        Assert.NotNull(result.Published);
        Assert.Contains("it broke", Assert.Single(result.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_StageIsStoppedWithTheSegmentation_IsCancelledAndNobodyIsTold()
    {
        ScriptedContext context = new ScriptedContext().Failing(StageNames.GenerateMasks, FailureKind.Unwanted, 1);

        WorkflowResult result = await RunAsync(context, Job("automask") with { Notifies = true });

        Assert.Equal(SegmentationState.Cancelled, result.State);
        Assert.Empty(result.Problems);
        Assert.Empty(context.Inputs.OfType<NotifyInput>());
    }

    [Fact]
    public async Task Run_Progress_NeverFalls()
    {
        var context = new ScriptedContext();

        await RunAsync(context, Job("fused"));

        double[] fractions = [.. context.Reports.Select(report => report.Fraction)];
        Assert.Equal(fractions.Order(), fractions);
    }

    [Fact]
    public async Task Run_Replayed_CallsTheSame()
    {
        ScriptedContext[] contexts = [new(), new()];

        foreach (ScriptedContext context in contexts)
            await RunAsync(context, Job("fused") with { Expands = true, Notifies = true });

        Assert.Equal(contexts[0].Calls, contexts[1].Calls);
        Assert.Equal(contexts[0].Reports.Select(WorkflowText), contexts[1].Reports.Select(WorkflowText));
    }

    private static string WorkflowText(WorkflowProgress progress) => string.Join(';', progress.Stages);

    private static SegmentationJob Job(string method) =>
        new("a", new ArtefactReference("requests/plain", 1), method, Expands: false, Notifies: false);

    private static Task<WorkflowResult> RunAsync(ScriptedContext context, SegmentationJob job) =>
        SegmentationWorkflow.RunAsync(context, job, Retry);
}
