using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Serving.Workflow;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.InProcess;
using FrozenSeg.Serving.Workflow.Stages;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Testing;

namespace FrozenSeg.Serving.Tests.Workflow.InProcess;

/// <summary>
/// What <see cref="InProcessRunner"/> does with jobs that wait, run, end, and are forgotten, without a network in
/// sight.
/// </summary>
public sealed class RunnerQueueTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _folder = new();
    private readonly FullDisk _disk = new();
    private readonly ScriptedMethod _method = new();
    private readonly CollectingLog _log = new();
    private readonly FolderArtefactStore _store;
    private readonly StageSet _stages;
    private InProcessRunner? _runner;

    public RunnerQueueTests()
    {
        _store = new FolderArtefactStore(_folder.Path("artefacts"), Disk.Unflushed);
        _stages = new StageSet(
            new StageServices { Store = _store, Library = SharedNetworks.ProcSam, FindMethod = _ => _method });
    }

    private string Journal => _folder.Path("segmentations");

    public async ValueTask DisposeAsync()
    {
        if (_runner is not null)
            await _runner.DisposeAsync();
        _stages.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Start_AsManyAsItHolds_RefusesTheNextUntilOneHasEnded()
    {
        InProcessRunner runner = Open(new InProcessOptions { Folder = _folder.Root, MaxQueued = 2, Parallelism = 1 });
        _method.Door.Reset();
        await runner.StartAsync(await JobAsync("a"), default);
        Assert.Null(runner.FindRefusal());
        await runner.StartAsync(await JobAsync("b"), default);

        var refusal = await Assert.ThrowsAsync<SegmentationProblemException>(
            async () => await runner.StartAsync(await JobAsync("c"), default));
        SegmentationStatus again = await runner.StartAsync(await JobAsync("a"), default);
        _method.Door.Set();
        await runner.WaitAsync("a", Patience, default);
        await runner.WaitAsync("b", Patience, default);
        await runner.StartAsync(await JobAsync("c"), default);

        Assert.Equal((ProblemKind.Unavailable, 2), (refusal.Problems[0].Kind, runner.MaxQueued));
        Assert.False(again.HasEnded);
        Assert.Equal(SegmentationState.Succeeded, (await runner.WaitAsync("c", Patience, default))!.State);
        Assert.Equal(0, runner.Unfinished);
    }

    [Fact]
    public async Task List_Segmentations_BeginsWithTheLatestThatWait()
    {
        InProcessRunner runner = Open();
        await runner.StartAsync(await JobAsync("ended"), default);
        await runner.WaitAsync("ended", Patience, default);
        _method.Door.Reset();
        foreach (string id in (string[])["first", "second"])
        {
            await runner.StartAsync(await JobAsync(id, seed: 1), default);
            await Task.Delay(5);
        }

        Assert.Equal(["second", "first", "ended"], (await runner.ListAsync(10, default)).Select(status => status.Id));
        Assert.Equal(["second", "first"], (await runner.ListAsync(2, default)).Select(status => status.Id));
    }

    [Fact]
    public async Task Redo_EndedJob_IsDoneOnceMore()
    {
        InProcessRunner runner = Open();
        await runner.StartAsync(await JobAsync("a"), default);
        SegmentationStatus first = (await runner.WaitAsync("a", Patience, default))!;

        Assert.True(await runner.RedoAsync("a", default));
        SegmentationStatus second = (await runner.WaitAsync("a", Patience, default))!;

        Assert.Equal((first.Created, SegmentationState.Succeeded), (second.Created, second.State));
        Assert.True(second.Ended > first.Ended);
        Assert.Equal(0, runner.Unfinished);
    }

    [Fact]
    public async Task Redo_JobAtWork_IsNotDoneTwice()
    {
        InProcessRunner runner = Open();
        _method.Door.Reset();
        await runner.StartAsync(await JobAsync("a"), default);

        Assert.True(await runner.RedoAsync("a", default));

        Assert.Equal(1, runner.Unfinished);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("../a")]
    public async Task Redo_UnknownJob_IsFalseAndFindIsNull(string id)
    {
        InProcessRunner runner = Open();

        Assert.False(await runner.RedoAsync(id, default));
        Assert.Null(await runner.FindAsync(id, default));
        Assert.Null(await runner.WaitAsync(id, Patience, default));
        Assert.Null(await runner.CancelAsync(id, default));
    }

    [Fact]
    public async Task Run_LongerThanAllowed_FailsWithItsReason()
    {
        InProcessRunner runner = Open(
            new InProcessOptions { Folder = _folder.Root, LongestJob = TimeSpan.FromMilliseconds(50) });
        _method.Door.Reset();

        await runner.StartAsync(await JobAsync("a"), default);
        SegmentationStatus status = (await runner.WaitAsync("a", Patience, default))!;

        Assert.Equal(SegmentationState.Failed, status.State);
        Assert.Contains("took longer", Assert.Single(status.Problems).Found, StringComparison.Ordinal);
        Assert.NotNull(status.Ended);
    }

    [Fact]
    public async Task Cancel_WaitingJob_NeverRuns()
    {
        InProcessRunner runner = Open(new InProcessOptions { Folder = _folder.Root, Parallelism = 1 });
        _method.Door.Reset();
        await runner.StartAsync(await JobAsync("a"), default);
        await runner.StartAsync(await JobAsync("b", seed: 1), default);

        SegmentationStatus cancelled = (await runner.CancelAsync("b", default))!;
        _method.Door.Set();
        await runner.WaitAsync("a", Patience, default);

        Assert.Equal((SegmentationState.Cancelled, true), (cancelled.State, cancelled.Ended is not null));
        Assert.Equal((1, 0), (_method.Orders.Count, runner.Unfinished));
        Assert.Equal(SegmentationState.Cancelled, (await runner.CancelAsync("b", default))!.State);
    }

    [Fact]
    public async Task Recover_JobsLeft_RunInTheOrderTheyWereAccepted()
    {
        var journal = new JobJournal(Journal, Disk.Unflushed);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        foreach ((string id, int minutes) in ((string, int)[])[("a", 3), ("b", 1), ("c", 2)])
            journal.Accept(await JobAsync(id, settings: id), now.AddMinutes(minutes));

        InProcessRunner runner = Open(new InProcessOptions { Folder = _folder.Root, Parallelism = 1 });
        foreach (string id in (string[])["a", "b", "c"])
            await runner.WaitAsync(id, Patience, default);

        Assert.Equal(["b", "c", "a"], _method.Given.Select(settings => settings["which"]));
    }

    [Fact]
    public async Task Recover_EntryThatCannotBeRead_IsNotedAsFailed()
    {
        Directory.CreateDirectory(Path.Combine(Journal, "a"));
        File.WriteAllText(Path.Combine(Journal, "a", "job.json"), "{");

        SegmentationStatus status = (await Open().FindAsync("a", default))!;

        Assert.Equal(
            (SegmentationState.Failed, ProblemKind.Storage), (status.State, Assert.Single(status.Problems).Kind));
        Assert.True(new JobJournal(Journal, Disk.Unflushed).HasEnd("a"));
        Assert.Equal(
            ["Warning 6: The entry of segmentation a in the journal cannot be read: job.json is damaged"], _log.Lines);
    }

    // Somebody may still ask how it ended, and another process would do it again.
    [Fact]
    public async Task End_DiskIsFull_IsRememberedAndNotedOnceThereIsRoom()
    {
        InProcessRunner runner = Open();
        var journal = new JobJournal(Journal, Disk.Unflushed);
        _method.Door.Reset();
        await runner.StartAsync(await JobAsync("a"), default);
        _disk.IsFull = true;
        _method.Door.Set();
        await runner.WaitAsync("a", Patience, default);

        Assert.Equal(
            (SegmentationState.Succeeded, false, 0),
            ((await runner.FindAsync("a", default))!.State, journal.HasEnd("a"), runner.Unfinished));
        Assert.Contains(_log.Lines, line => line.StartsWith("Error 7:", StringComparison.Ordinal));
        _disk.IsFull = false;
        await runner.StartAsync(await JobAsync("b"), default);
        await runner.WaitAsync("b", Patience, default);

        Assert.True(journal.HasEnd("a"));
        Assert.Equal(SegmentationState.Succeeded, (await runner.FindAsync("a", default))!.State);
    }

    [Fact]
    public async Task Find_EndThatCannotBeReadAnyMore_IsDoneAgain()
    {
        InProcessRunner runner = Open();
        await runner.StartAsync(await JobAsync("a"), default);
        await runner.WaitAsync("a", Patience, default);
        File.WriteAllText(Path.Combine(Journal, "a", "status.json"), "{");

        Assert.False((await runner.FindAsync("a", default))!.HasEnded);

        Assert.Equal(SegmentationState.Succeeded, (await runner.WaitAsync("a", Patience, default))!.State);
    }

    [Fact]
    public async Task Retain_Moment_ForgetsWhatEndedBeforeAndTellsWhatTheOthersStandOn()
    {
        InProcessRunner runner = Open();
        await runner.StartAsync(await JobAsync("old"), default);
        SegmentationStatus old = (await runner.WaitAsync("old", Patience, default))!;
        await Task.Delay(20);
        await runner.StartAsync(await JobAsync("new"), default);
        SegmentationStatus young = (await runner.WaitAsync("new", Patience, default))!;
        _method.Door.Reset();
        await runner.StartAsync(await JobAsync("running", seed: 1), default);
        Directory.CreateDirectory(Path.Combine(Journal, "empty"));

        RetainedWork retained = runner.Retain(young.Ended!.Value);

        Assert.True(old.Ended < young.Ended);
        Assert.Equal(["running"], retained.Left.Select(job => job.Id));
        Assert.Equal(young.Files.Values.Select(file => file.Key).Order(), retained.Files.Order());
        Assert.Null(await runner.FindAsync("old", default));
        Assert.NotNull(await runner.FindAsync("new", default));
        Assert.True(Directory.Exists(Path.Combine(Journal, "empty")));
        runner.Retain(DateTimeOffset.MaxValue);
        Assert.False(Directory.Exists(Path.Combine(Journal, "empty")));
        Assert.Null(await runner.FindAsync("new", default));
        Assert.NotNull(await runner.FindAsync("running", default));
    }

    [Fact]
    public async Task Retain_JobAnotherProcessLeft_StaysWithWhatItNeeds()
    {
        InProcessRunner runner = Open();
        SegmentationJob job = await JobAsync("a");
        new JobJournal(Journal, Disk.Unflushed).Accept(job, DateTimeOffset.UnixEpoch);

        Assert.Equal([job], runner.Retain(DateTimeOffset.MaxValue).Left);
    }

    [Fact]
    public async Task Run_JobThatEnds_IsLoggedInOneLine()
    {
        InProcessRunner runner = Open();
        await runner.StartAsync(await JobAsync("a"), default);
        await runner.WaitAsync("a", Patience, default);

        Assert.Matches(
            "^Information 1: Segmentation a Succeeded: automask, 40x32, [0-9.]+ s, 0 segments$",
            Assert.Single(_log.Lines));
    }

    private InProcessRunner Open() => Open(new InProcessOptions { Folder = _folder.Root });

    private InProcessRunner Open(InProcessOptions options)
    {
        var retry = new RetryOptions { FirstDelay = TimeSpan.FromMilliseconds(1), MaxAttempts = 2 };
        return _runner = new InProcessRunner(options with { Retry = retry }, _stages, TimeProvider.System, _log, _disk);
    }

    private async Task<SegmentationJob> JobAsync(string id, int seed = 0, string settings = "")
    {
        byte[] picture = ServiceBench.Picture(seed);
        ArtefactReference image = await _store.PutAsync(ArtefactKey.OfContent("images", picture, ""), picture, default);
        var request = new SegmentationRequest
        {
            Image = new ImageSource { Artefact = image, Name = "a.png" },
            Method = "automask",
            Tasks = [SegmentationTask.Masks],
            Settings = new Dictionary<string, string> { ["which"] = settings },
        };
        byte[] json = RequestJsonContext.Write(request);
        return new SegmentationJob(
            id,
            await _store.PutAsync(ArtefactKey.OfContent("requests", json, ".json"), json, default),
            "automask",
            Expands: false,
            Notifies: false);
    }
}
