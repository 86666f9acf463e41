using System.Diagnostics;
using System.Text;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Serving.Workflow;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.InProcess;
using FrozenSeg.Serving.Workflow.Progress;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Serving.Tests.Workflow;

public sealed class InProcessRunnerTests : IAsyncDisposable
{
    private readonly ServiceBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Start_Picture_EndsWithFiles()
    {
        SegmentationStatus status = await _bench.RunAsync(await _bench.PrepareAsync("one", ServiceBench.Picture()));

        Assert.Equal((SegmentationState.Succeeded, 1.0), (status.State, status.Progress.Fraction));
        Assert.Equal(["overlay.png", "result.json"], status.Files.Keys.Order());
        SegmentationResult result = ResultJsonContext.Read(
            await _bench.Store.GetAsync(ArtefactKey.Parse(status.Files["result.json"].Key), default));
        Assert.Equal(("one.png", 40, 32), (result.Image.Name, result.Image.Width, result.Image.Height));
        Assert.Equal(status.Segments, result.Segments.Count);
        Assert.Equal("4", result.Request.Settings["points_per_side"]);
        Assert.Contains(result.Timings, timing => timing.Stage == StageNames.GenerateMasks);
    }

    [Fact]
    public async Task Start_SameIdTwice_RunsOnce()
    {
        SegmentationJob job = await _bench.PrepareAsync("one", ServiceBench.Picture());
        SegmentationStatus first = await _bench.RunAsync(job);

        SegmentationStatus second = await _bench.RunAsync(job);

        Assert.Equal((first.Created, first.Ended), (second.Created, second.Ended));
    }

    [Fact]
    public async Task Start_SameIdWithAnotherRequest_IsAConflict()
    {
        await _bench.RunAsync(await _bench.PrepareAsync("one", ServiceBench.Picture()));

        SegmentationJob other = await _bench.PrepareAsync("one", ServiceBench.Picture(seed: 1));

        await Assert.ThrowsAsync<SegmentationProblemException>(() => _bench.Runner.StartAsync(other, default));
    }

    [Fact]
    public async Task Start_SameWorkUnderAnotherId_SkipsTheMethod()
    {
        byte[] picture = ServiceBench.Picture();
        SegmentationJob job = await _bench.PrepareAsync("one", picture);
        await _bench.RunAsync(job);

        SegmentationStatus second = await _bench.RunAsync(job with { Id = "two" });

        Assert.Equal(SegmentationState.Succeeded, second.State);
        Assert.Equal(
            StageState.Skipped, second.Progress.Stages.Single(stage => stage.Name == StageNames.GenerateMasks).State);
        Assert.Equal("results/two/result.json", second.Files["result.json"].Key);
    }

    // As when the same picture comes twice at once: the second run begins before there is a receipt of the first.
    [Fact]
    public async Task Start_SameWorkDoneTwice_LeavesTheFirstOutcomeAsItWas()
    {
        string Folder(string name) => Path.Combine(_bench.Root, "artefacts", name);
        SegmentationJob job = await _bench.PrepareAsync("one", ServiceBench.Picture());
        await _bench.RunAsync(job);
        string outcome = Assert.Single(Directory.GetFiles(Folder("outcomes")));
        byte[] first = File.ReadAllBytes(outcome);
        Directory.Delete(Folder("receipts"), recursive: true);

        SegmentationStatus second = await _bench.RunAsync(job with { Id = "two" });

        Assert.Equal(
            StageState.Done, second.Progress.Stages.Single(stage => stage.Name == StageNames.GenerateMasks).State);
        Assert.Equal(first, File.ReadAllBytes(outcome));
    }

    [Fact]
    public async Task Start_OutcomeWasPurged_IsComputedAgain()
    {
        SegmentationJob job = await _bench.PrepareAsync("one", ServiceBench.Picture());
        await _bench.RunAsync(job);
        Directory.Delete(Path.Combine(_bench.Root, "artefacts", "outcomes"), recursive: true);

        SegmentationStatus second = await _bench.RunAsync(job with { Id = "two" });

        Assert.Equal(
            StageState.Done, second.Progress.Stages.Single(stage => stage.Name == StageNames.GenerateMasks).State);
        Assert.Equal(SegmentationState.Succeeded, second.State);
    }

    [Fact]
    public async Task Restart_JobsLeftInTheJournal_AreDone()
    {
        var journal = new JobJournal(Path.Combine(_bench.Root, "segmentations"), Disk.Instance);
        string[] ids = ["a", "b", "c"];
        foreach (string id in ids)
            journal.Accept(await _bench.PrepareAsync(id, ServiceBench.Picture()), DateTimeOffset.UtcNow);

        await _bench.RestartAsync();

        foreach (string id in ids)
            Assert.Equal(
                SegmentationState.Succeeded,
                (await _bench.Runner.WaitAsync(id, TimeSpan.FromMinutes(1), default))!.State);
        Assert.All(ids, id => Assert.True(journal.HasEnd(id)));
    }

    [Fact]
    public async Task Restart_EndedJob_KeepsItsStatus()
    {
        SegmentationStatus before = await _bench.RunAsync(await _bench.PrepareAsync("one", ServiceBench.Picture()));

        await _bench.RestartAsync();

        SegmentationStatus after = (await _bench.Runner.FindAsync("one", default))!;
        Assert.Equal(WorkflowJsonContext.Write(before), WorkflowJsonContext.Write(after));
    }

    [Fact]
    public async Task Cancel_Job_EndsCancelledAndStaysSo()
    {
        SegmentationJob job = await _bench.PrepareAsync("one", ServiceBench.Picture(), ServiceBench.Automask with
        {
            Settings = new Dictionary<string, string> { ["points_per_side"] = "64" },
        });
        await _bench.Runner.StartAsync(job, default);

        SegmentationStatus? cancelled = await _bench.Runner.CancelAsync("one", default);
        await _bench.RestartAsync();

        Assert.Equal(SegmentationState.Cancelled, cancelled!.State);
        Assert.Equal(SegmentationState.Cancelled, (await _bench.Runner.FindAsync("one", default))!.State);
        Assert.Null(await _bench.Runner.CancelAsync("nobody", default));
    }

    [Fact]
    public async Task Cancel_JobAtWork_FreesTheDeviceAtOnce()
    {
        SegmentationJob hours = await _bench.PrepareAsync("hours", ServiceBench.Picture(), ServiceBench.Automask with
        {
            Settings = new Dictionary<string, string> { ["points_per_side"] = "512", ["crop_n_layers"] = "4" },
        });
        await _bench.Runner.StartAsync(hours, default);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await _bench.Runner.FindAsync("hours", default))!.Progress.Stages.All(
            stage => stage.Fraction is 0 or 1))
            await Task.Delay(5, limit.Token);

        await _bench.Runner.CancelAsync("hours", default);
        var clock = Stopwatch.StartNew();
        SegmentationStatus next = await _bench.RunAsync(
            await _bench.PrepareAsync("next", ServiceBench.Picture(seed: 1)));

        Assert.Equal(SegmentationState.Succeeded, next.State);
        // 89 million points take hours; one pass of the network, a moment.
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"the device was free after {clock.Elapsed}");
    }

    [Fact]
    public async Task Start_JournalCannotBeWritten_IsRefused()
    {
        SegmentationJob job = await _bench.PrepareAsync("one", ServiceBench.Picture());
        Assert.Null(await _bench.Runner.FindAsync("one", default));
        // A file where its folder should be: nothing can be written there, as on a disk that is full.
        await File.WriteAllTextAsync(Path.Combine(_bench.Root, "segmentations"), "");

        var refusal = await Assert.ThrowsAsync<SegmentationProblemException>(
            () => _bench.Runner.StartAsync(job, default));

        Assert.Equal(ProblemKind.Storage, refusal.Problems[0].Kind);
        Assert.Equal(0, _bench.Runner.Unfinished);
    }

    [Fact]
    public async Task Wait_LongJob_ReturnsWhatIsKnown()
    {
        SegmentationJob job = await _bench.PrepareAsync("one", ServiceBench.Picture(), ServiceBench.Automask with
        {
            Settings = new Dictionary<string, string> { ["points_per_side"] = "128" },
        });
        await _bench.Runner.StartAsync(job, default);

        SegmentationStatus status = (await _bench.Runner.WaitAsync("one", TimeSpan.FromMilliseconds(1), default))!;

        Assert.False(status.HasEnded);
        await _bench.Runner.CancelAsync("one", default);
    }

    [Fact]
    public async Task Start_TextNamedAsPicture_FailsWithAReasonAndOthersGoOn()
    {
        SegmentationJob bad = await _bench.PrepareAsync("bad", Encoding.UTF8.GetBytes("this is no picture"));
        SegmentationJob good = await _bench.PrepareAsync("good", ServiceBench.Picture());

        SegmentationStatus[] ends = await Task.WhenAll(_bench.RunAsync(bad), _bench.RunAsync(good));

        Assert.Equal([SegmentationState.Failed, SegmentationState.Succeeded], ends.Select(end => end.State));
        Assert.Equal((ProblemKind.InvalidImage, "bad.png"), (ends[0].Problems[0].Kind, ends[0].Problems[0].Where));
    }

    [Fact]
    public async Task Start_StoreFullWhilePublishing_FailsWithAReason()
    {
        var store = new FailingStore(_bench.Store) { FullFor = "results/" };
        _bench.Store = store;

        SegmentationStatus full = await _bench.RunAsync(await _bench.PrepareAsync("full", ServiceBench.Picture()));
        store.FullFor = null;
        SegmentationStatus later = await _bench.RunAsync(await _bench.PrepareAsync("later", ServiceBench.Picture()));

        Assert.Equal(SegmentationState.Failed, full.State);
        Assert.Contains("No space left", full.Problems[0].Message, StringComparison.Ordinal);
        Assert.Equal(SegmentationState.Succeeded, later.State);
    }

    [Fact]
    public async Task Start_StoreGoneForAMoment_IsOutlasted()
    {
        var store = new FailingStore(_bench.Store);
        _bench.Store = store;
        SegmentationJob job = await _bench.PrepareAsync("one", ServiceBench.Picture());

        store.GoneFor = 2;
        SegmentationStatus status = await _bench.RunAsync(job);

        Assert.Equal(SegmentationState.Succeeded, status.State);
        Assert.True(status.Progress.Stages[0].Attempts > 1);
    }

    [Fact]
    public async Task Start_StoreGoneForGood_FailsWithAReason()
    {
        var store = new FailingStore(_bench.Store);
        _bench.Store = store;
        SegmentationJob job = await _bench.PrepareAsync("one", ServiceBench.Picture());

        store.GoneFor = int.MaxValue;
        SegmentationStatus status = await _bench.RunAsync(job);

        Assert.Equal(SegmentationState.Failed, status.State);
        Assert.Contains("does not answer", status.Problems[0].Message, StringComparison.Ordinal);
    }
}
