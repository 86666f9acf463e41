using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Serving.Workflow;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.Failures;
using FrozenSeg.Serving.Workflow.InProcess;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Serving.Tests.Workflow;

public sealed class StageExecutorTests : IDisposable
{
    private static readonly ArtefactKey Receipt = ArtefactKey.Parse("receipts/r.json");
    private static readonly ArtefactKey Made = ArtefactKey.Parse("outcomes/o.json");

    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly CollectingLog _log = new();
    private readonly FolderArtefactStore _store;
    private readonly StageExecutor _executor;
    private int _runs;

    public StageExecutorTests()
    {
        _store = new FolderArtefactStore(_folder.Path("artefacts"), Disk.Unflushed);
        _executor = new StageExecutor(_store, _time, _log);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_AgainWithAReceipt_IsSkippedAndAnswersTheSame()
    {
        StageOutcome<MethodOutput> first = await RunAsync(MakeAsync);
        StageOutcome<MethodOutput> second = await RunAsync(MakeAsync);

        Assert.Equal((false, true), (first.WasSkipped, second.WasSkipped));
        Assert.Equal(first.Value, second.Value);
        Assert.Equal((1, null, null), (_runs, first.Failure, second.Failure));
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task Run_AgainWithoutAReceipt_IsDoneAgain()
    {
        await RunAsync(MakeAsync, receipt: null);
        StageOutcome<MethodOutput> second = await RunAsync(MakeAsync, receipt: null);

        Assert.Equal((2, false), (_runs, second.WasSkipped));
        Assert.False(Directory.Exists(_folder.Path("artefacts", "receipts")));
    }

    [Theory]
    [InlineData("receipts/r.json", new byte[] { 1 })]
    [InlineData("outcomes/o.json", new byte[] { 1, 2, 4 })]
    [InlineData("outcomes/o.json", new byte[] { 1, 2 })]
    [InlineData("outcomes/o.json", null)]
    public async Task Run_WhatWasMadeIsDamaged_IsDoneAgainAndSaid(string key, byte[]? content)
    {
        await RunAsync(MakeAsync);
        if (content is null)
            await _store.DeleteAsync(ArtefactKey.Parse(key), default);
        else
            await _store.PutAsync(ArtefactKey.Parse(key), content, default);

        StageOutcome<MethodOutput> second = await RunAsync(MakeAsync);

        Assert.Equal((2, false), (_runs, second.WasSkipped));
        Assert.Equal([$"Warning 9: What stage Test had left is damaged and is made again: {key}"], _log.Lines);
        Assert.True((await RunAsync(MakeAsync)).WasSkipped);
    }

    [Fact]
    public async Task Run_Work_TakesTheTimeOfTheClock()
    {
        StageOutcome<MethodOutput> done = await RunAsync(() =>
        {
            _time.Turn(250);
            return MakeAsync();
        });
        StageOutcome<MethodOutput> skipped = await RunAsync(MakeAsync);
        StageOutcome<MethodOutput> failed = await RunAsync(
            () =>
            {
                _time.Turn(500);
                throw new InvalidOperationException("it broke");
            },
            receipt: null);

        Assert.Equal((0.25, 0, 0.5), (done.Seconds, skipped.Seconds, failed.Seconds));
    }

    [Fact]
    public async Task Run_Bug_IsAPermanentFailureAndLoggedAsAnError()
    {
        StageOutcome<MethodOutput> outcome = await RunAsync(() => throw new InvalidOperationException("secret"));

        Assert.Equal((null, FailureKind.Permanent), (outcome.Value, outcome.Failure!.Kind));
        Assert.DoesNotContain("secret", outcome.Failure.Problems[0].Message, StringComparison.Ordinal);
        Assert.Equal(["Error 4: Stage Test failed unexpectedly"], _log.Lines);
        Assert.Null(await _store.FindAsync(Receipt, default));
    }

    [Fact]
    public async Task Run_FailureThatMayPass_IsLoggedAsAWarning()
    {
        StageOutcome<MethodOutput> outcome = await RunAsync(() => throw new TimeoutException());

        Assert.Equal(FailureKind.Transient, outcome.Failure!.Kind);
        Assert.StartsWith(
            "Warning 5: Stage Test failed and may be tried again (Transient): Test: ",
            Assert.Single(_log.Lines),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_FaultOfTheCaller_IsNotLogged()
    {
        var problem = new SegmentationProblem(ProblemKind.InvalidImage, "a.png", "it is empty", "Send the whole file");

        StageOutcome<MethodOutput> outcome = await RunAsync(() => throw problem.ToException());

        Assert.Equal(problem, Assert.Single(outcome.Failure!.Problems));
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task Run_Stopped_ThrowsAndIsNoFailure()
    {
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(
            async () =>
            {
                await stop.CancelAsync();
                throw new OperationCanceledException();
            },
            Receipt,
            stop.Token));

        Assert.Empty(_log.Lines);
    }

    // Somebody else's token: an answer of the network that did not come, for instance.
    [Fact]
    public async Task Run_StoppedByNobodyWhoAsked_IsAFailure()
    {
        StageOutcome<MethodOutput> outcome = await RunAsync(() => throw new OperationCanceledException());

        Assert.NotNull(outcome.Failure);
    }

    private async Task<MethodOutput> MakeAsync()
    {
        _runs++;
        return new MethodOutput("car", await _store.PutAsync(Made, new byte[] { 1, 2, 3 }, default), 7);
    }

    private Task<StageOutcome<MethodOutput>> RunAsync(Func<Task<MethodOutput>> work) => RunAsync(work, Receipt);

    private Task<StageOutcome<MethodOutput>> RunAsync(
        Func<Task<MethodOutput>> work, ArtefactKey? receipt, CancellationToken cancellation = default) =>
        _executor.RunAsync(new Stage(work, receipt), "input", new Progress<double>(), cancellation);

    private sealed class Stage(Func<Task<MethodOutput>> work, ArtefactKey? receipt) : IStage<string, MethodOutput>
    {
        public string Name => "Test";

        public ArtefactKey? ReceiptKey(string input) => receipt;

        public Task<MethodOutput> RunAsync(string input, IProgress<double> progress, CancellationToken cancellation) =>
            work();
    }
}
