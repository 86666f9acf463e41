using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Serving.Tests.Faults;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.InProcess;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Serving.Tests.Workflow.InProcess;

public sealed class JobJournalTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly JobJournal _journal;

    public JobJournalTests() => _journal = new JobJournal(_folder.Path("segmentations"), Disk.Unflushed);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_NoEntry_IsNull()
    {
        Assert.Empty(_journal.ListIds());
        Assert.Empty(_journal.Latest());
        Assert.Null(_journal.Find("a"));
        Assert.Null(_journal.FindJob("a"));
        Assert.False(_journal.HasEnd("a"));
    }

    [Fact]
    public void Find_AcceptedJob_IsLeftAsItWasAccepted()
    {
        _journal.Accept(Job("a"), Now);

        JournalEntry entry = _journal.Find("a")!;

        Assert.Equal(new AcceptedJob(Job("a"), Now), entry.Left);
        Assert.Equal((null, null), (entry.Ended, entry.Damage));
        Assert.Equal(entry.Left, _journal.FindJob("a"));
        Assert.False(_journal.HasEnd("a"));
        Assert.Equal(["a"], _journal.ListIds());
        Assert.Empty(_journal.Latest());
    }

    [Fact]
    public void Find_EndedJob_IsItsEndAndTheJobStays()
    {
        _journal.Accept(Job("a"), Now);
        _journal.End(Ended("a"));

        JournalEntry entry = _journal.Find("a")!;

        Assert.Equal(("a", SegmentationState.Cancelled, Now), (entry.Ended!.Id, entry.Ended.State, entry.Ended.Ended));
        Assert.Equal((null, null), (entry.Left, entry.Damage));
        Assert.Equal(Job("a"), _journal.FindJob("a")!.Job);
        Assert.True(_journal.HasEnd("a"));
    }

    [Fact]
    public void Reopen_EndedJob_IsLeftAgain()
    {
        _journal.Accept(Job("a"), Now);
        _journal.Reopen("a");
        _journal.End(Ended("a"));
        _journal.Reopen("a");

        Assert.NotNull(_journal.Find("a")!.Left);
        Assert.False(_journal.HasEnd("a"));
    }

    [Fact]
    public void Forget_Entry_LeavesNothingOfItAndTheOthers()
    {
        _journal.Accept(Job("a"), Now);
        _journal.Accept(Job("b"), Now);
        _journal.End(Ended("a"));

        _journal.Forget("a");

        Assert.Null(_journal.Find("a"));
        Assert.Equal(["b"], _journal.ListIds());
        Assert.False(Directory.Exists(_folder.Path("segmentations", "a")));
    }

    // Whoever reads in between sees a job that has ended, not one to be done again.
    [Fact]
    public void Forget_ThatIsCutOff_LeavesTheEnd()
    {
        _journal.Accept(Job("a"), Now);
        _journal.End(Ended("a"));
        var disk = new CrashingDisk(1, losesPower: false, seed: 0);

        Assert.Throws<PowerCutException>(() => new JobJournal(_folder.Path("segmentations"), disk).Forget("a"));

        Assert.Null(_journal.FindJob("a"));
        Assert.NotNull(_journal.Find("a")!.Ended);
    }

    [Fact]
    public void ForgetEmpty_Folder_GoesOnlyWhenItIsOldAndEmpty()
    {
        Directory.CreateDirectory(_folder.Path("segmentations", "empty"));
        _journal.Accept(Job("full"), Now);
        DateTimeOffset written = Directory.GetLastWriteTimeUtc(_folder.Path("segmentations", "empty"));

        _journal.ForgetEmpty("empty", written);
        Assert.Contains("empty", _journal.ListIds());
        _journal.ForgetEmpty("empty", written.AddSeconds(1));
        _journal.ForgetEmpty("full", DateTimeOffset.MaxValue);
        _journal.ForgetEmpty("missing", DateTimeOffset.MaxValue);

        Assert.Equal(["full"], _journal.ListIds());
    }

    [Fact]
    public void Latest_EndedJobs_BeginWithTheLatestAndLeaveOutWhatCannotBeRead()
    {
        foreach (string id in (string[])["first", "last", "middle", "damaged", "left"])
            _journal.Accept(Job(id), Now);
        foreach ((string id, int minutes) in
            (ReadOnlySpan<(string, int)>)[("first", 1), ("last", 3), ("middle", 2), ("damaged", 4)])
        {
            _journal.End(Ended(id));
            File.SetLastWriteTimeUtc(StatusOf(id), Now.UtcDateTime.AddMinutes(minutes));
        }

        Turn(StatusOf("damaged"));

        Assert.Equal(["last", "middle", "first"], _journal.Latest().Select(status => status.Id));
    }

    [Fact]
    public void Find_EndThatCannotBeRead_IsAJobLeft()
    {
        _journal.Accept(Job("a"), Now);
        _journal.End(Ended("a"));
        Turn(StatusOf("a"));

        Assert.Equal(Job("a"), _journal.Find("a")!.Left!.Job);
        Assert.True(_journal.HasEnd("a"));
    }

    [Fact]
    public void HasEnd_EmptyFile_IsNone()
    {
        _journal.Accept(Job("a"), Now);
        File.WriteAllBytes(StatusOf("a"), []);

        Assert.False(_journal.HasEnd("a"));
    }

    [Fact]
    public void Find_NothingReadable_SaysWhatIsWrongWithEach()
    {
        _journal.Accept(Job("a"), Now);
        Turn(_folder.Path("segmentations", "a", "job.json"));
        Assert.Equal("job.json is damaged", _journal.Find("a")!.Damage);

        Directory.CreateDirectory(StatusOf("a"));
        Assert.Equal(
            "status.json cannot be read: a folder stands in its place; job.json is damaged",
            _journal.Find("a")!.Damage);
        Assert.Equal((null, null), (_journal.Find("a")!.Ended, _journal.Find("a")!.Left));
        Assert.False(_journal.HasEnd("a"));
    }

    [Fact]
    public void Find_FilesOfAnother_AreNotTaken()
    {
        _journal.Accept(Job("a"), Now);
        _journal.End(Ended("a"));
        Directory.CreateDirectory(_folder.Path("segmentations", "b"));
        File.Copy(_folder.Path("segmentations", "a", "job.json"), _folder.Path("segmentations", "b", "job.json"));
        File.Copy(StatusOf("a"), StatusOf("b"));

        Assert.Equal("status.json is of something else; job.json is of something else", _journal.Find("b")!.Damage);
        Assert.Null(_journal.FindJob("b"));
    }

    [Fact]
    public void Accept_FolderInThePlaceOfAFile_IsReplaced()
    {
        Directory.CreateDirectory(_folder.Path("segmentations", "a", "job.json", "deep"));
        Directory.CreateDirectory(Path.Combine(StatusOf("a"), "deep"));

        _journal.Accept(Job("a"), Now);
        _journal.Reopen("a");

        Assert.NotNull(_journal.Find("a")!.Left);
        Assert.False(Directory.Exists(StatusOf("a")));
    }

    [Fact]
    public void Accept_NoRoomForIt_IsAProblemOfTheStorage()
    {
        File.WriteAllText(_folder.Path("segmentations"), "");

        var refusal = Assert.Throws<SegmentationProblemException>(() => _journal.Accept(Job("a"), Now));

        SegmentationProblem problem = Assert.Single(refusal.Problems);
        Assert.Equal((ProblemKind.Storage, "a"), (problem.Kind, problem.Where));
        Assert.IsAssignableFrom<IOException>(refusal.InnerException);
    }

    // A lost job is a broken promise; a lost end is work done twice.
    [Fact]
    public void Write_JobIsFlushed_EndIsNot()
    {
        var disk = new CrashingDisk(int.MaxValue, losesPower: false, seed: 0);
        var journal = new JobJournal(_folder.Path("segmentations"), disk);

        journal.Accept(Job("a"), Now);
        int flushed = disk.Flushes;
        journal.End(Ended("a"));

        Assert.True(flushed >= 2);
        Assert.Equal(flushed, disk.Flushes);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("")]
    public void Find_WhatIsNotAnId_NeverReachesTheDisk(string id)
    {
        Assert.Equal(
            "id", Assert.Single(Assert.Throws<SegmentationProblemException>(() => _journal.Find(id)).Problems).Where);
    }

    private string StatusOf(string id) => _folder.Path("segmentations", id, "status.json");

    private static void Turn(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    private static SegmentationJob Job(string id) =>
        new(id, new ArtefactReference("requests/r", 1), "automask", Expands: false, Notifies: true);

    private static SegmentationStatus Ended(string id) =>
        SegmentationStatus.Queued(Job(id), Now) with { State = SegmentationState.Cancelled, Ended = Now };
}
