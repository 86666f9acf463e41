using System.Security.Cryptography;
using FrozenSeg.Serving.Tests.Faults;
using FrozenSeg.Serving.Workflow.InProcess;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Serving.Tests.Workflow.InProcess;

public sealed class FolderArtefactStoreTests : IDisposable
{
    private static readonly ArtefactKey Key = ArtefactKey.Parse("outcomes/a.json");

    private readonly TemporaryFolder _folder = new();
    private readonly CrashingDisk _disk = new(int.MaxValue, losesPower: false, seed: 0);
    private readonly FolderArtefactStore _store;

    public FolderArtefactStoreTests() => _store = new FolderArtefactStore(_folder.Path("artefacts"), _disk);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Put_Content_IsFoundWithItsLengthAndReadBack()
    {
        Assert.Null(await _store.FindAsync(Key, default));

        ArtefactReference put = await _store.PutAsync(Key, new byte[] { 1, 2, 3 }, default);

        Assert.Equal(ArtefactReference.Of(Key, [1, 2, 3]), put);
        Assert.Equal(new ArtefactReference(Key.Value, 3), await _store.FindAsync(Key, default));
        Assert.Equal([1, 2, 3], await _store.GetAsync(Key, default));
    }

    [Fact]
    public async Task Put_KeyInUse_IsReplacedWhateverStandsThere()
    {
        await _store.PutAsync(Key, new byte[] { 1 }, default);
        await _store.PutAsync(Key, new byte[] { 2 }, default);
        Assert.Equal([2], await _store.GetAsync(Key, default));

        await _store.DeleteAsync(Key, default);
        Directory.CreateDirectory(PathOf("outcomes/a.json/deep"));
        await _store.PutAsync(Key, new byte[] { 3 }, default);
        Assert.Equal([3], await _store.GetAsync(Key, default));
    }

    [Fact]
    public async Task Put_Stopped_ThrowsAndKeepsNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _store.PutAsync(Key, new byte[] { 1 }, new CancellationToken(canceled: true)));

        Assert.Null(await _store.FindAsync(Key, default));
    }

    // What a caller sent cannot be made again.
    [Theory]
    [InlineData("images/a", true)]
    [InlineData("requests/a.json", true)]
    [InlineData("outcomes/a.json", false)]
    [InlineData("images2/a", false)]
    public async Task Put_WhatCallersSent_IsFlushed(string key, bool isFlushed)
    {
        await _store.PutAsync(ArtefactKey.Parse(key), new byte[] { 1 }, default);

        Assert.Equal(isFlushed, _disk.Flushes > 0);
    }

    [Fact]
    public async Task Calls_DiskThatDoesNotAnswer_AreProblemsOfTheKey()
    {
        File.WriteAllText(_folder.Path("artefacts"), "");
        var calls = new Func<Task>[]
        {
            () => _store.PutAsync(Key, new byte[] { 1 }, default),
            () => _store.GetAsync(Key, default),
        };

        foreach (Func<Task> call in calls)
        {
            SegmentationProblem problem = Assert.Single(
                (await Assert.ThrowsAsync<SegmentationProblemException>(call)).Problems);
            Assert.Equal((ProblemKind.Storage, Key.Value), (problem.Kind, problem.Where));
        }

        var staging = await Assert.ThrowsAsync<SegmentationProblemException>(
            () => _store.StageAsync("images", new MemoryStream([1]), default));
        Assert.Equal((ProblemKind.Storage, "images"), (staging.Problems[0].Kind, staging.Problems[0].Where));
    }

    [Fact]
    public async Task Delete_AFolderInItsPlace_IsAProblemAndNothingIsNone()
    {
        await _store.DeleteAsync(Key, default);
        Directory.CreateDirectory(PathOf("outcomes/a.json/deep"));

        var refusal = await Assert.ThrowsAsync<SegmentationProblemException>(() => _store.DeleteAsync(Key, default));

        Assert.Equal(Key.Value, refusal.Problems[0].Where);
    }

    [Fact]
    public async Task Stage_KeptContent_LiesUnderItsHash()
    {
        byte[] content = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 31))];
        string hash = Convert.ToHexStringLower(SHA256.HashData(content));

        await using (IStagedArtefact staged = await _store.StageAsync("images", new MemoryStream(content), default))
        {
            Assert.Equal(new ArtefactReference($"images/{hash}", content.Length, hash), staged.Reference);
            Assert.Null(await _store.FindAsync(ArtefactKey.Parse(staged.Reference.Key), default));
            await staged.KeepAsync(default);
        }

        Assert.Equal(content, await _store.GetAsync(ArtefactKey.Parse($"images/{hash}"), default));
        Assert.Equal([hash], NamesIn("images"));
        Assert.False(_store.HoldsWhatIsStaged);
    }

    [Fact]
    public async Task Stage_ContentNobodyKeeps_LeavesNothing()
    {
        await (await _store.StageAsync("images", new MemoryStream([1, 2]), default)).DisposeAsync();

        Assert.Empty(NamesIn("images"));
    }

    [Fact]
    public async Task Stage_ContentThatBreaksOff_LeavesNothing()
    {
        using var broken = new BrokenStream();

        await Assert.ThrowsAsync<InvalidDataException>(() => _store.StageAsync("images", broken, default));

        Assert.Empty(NamesIn("images"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stage_DiskIsFull_IsAProblemOfTheFolder(bool fromTheStart)
    {
        var store = new FolderArtefactStore(
            _folder.Path("artefacts"), new FullDisk { IsFull = fromTheStart, TakesNamesAlone = true });

        var refusal = await Assert.ThrowsAsync<SegmentationProblemException>(
            () => store.StageAsync("images", new MemoryStream([1]), default));

        Assert.Equal((ProblemKind.Storage, "images"), (refusal.Problems[0].Kind, refusal.Problems[0].Where));
        Assert.Empty(NamesIn("images"));
    }

    // What a caller sent lies on the disk when it is kept: the folders it makes, the file, and its name.
    [Fact]
    public async Task Keep_Picture_IsFlushedWithItsFolders()
    {
        await using IStagedArtefact staged = await _store.StageAsync("images", new MemoryStream([1, 2]), default);
        int received = _disk.Flushes;
        await staged.KeepAsync(default);

        Assert.Equal((3, 1), (received, _disk.Flushes - received));
    }

    [Fact]
    public async Task Keep_AFolderInItsPlace_IsReplaced()
    {
        await using IStagedArtefact staged = await _store.StageAsync("images", new MemoryStream([1, 2]), default);
        Directory.CreateDirectory(PathOf(staged.Reference.Key + "/deep"));

        await staged.KeepAsync(default);

        Assert.Equal([1, 2], await _store.GetAsync(ArtefactKey.Parse(staged.Reference.Key), default));
    }

    [Theory]
    [InlineData(50, false)]
    [InlineData(70, true)]
    public async Task Find_Artefact_CountsAsUsedOnceAnHour(int minutesAgo, bool isNoted)
    {
        await _store.PutAsync(Key, new byte[] { 1 }, default);
        DateTime before = DateTime.UtcNow.AddMinutes(-minutesAgo);
        File.SetLastWriteTimeUtc(PathOf(Key.Value), before);

        await _store.FindAsync(Key, default);

        DateTime after = File.GetLastWriteTimeUtc(PathOf(Key.Value));
        Assert.Equal(isNoted, after > before.AddMinutes(1));
        Assert.True(after <= DateTime.UtcNow);
    }

    [Fact]
    public async Task Purge_OldFiles_GoUnlessTheyAreKept()
    {
        DateTime moment = DateTime.UtcNow.AddDays(-1);
        (string, int)[] files =
            [("outcomes/old", -1), ("outcomes/young", 0), ("outcomes/kept", -1), ("results/a/old", -1), (
                "results/a/kept", -1)];
        foreach ((string key, int seconds) in files)
        {
            await _store.PutAsync(ArtefactKey.Parse(key), new byte[] { 1 }, default);
            File.SetLastWriteTimeUtc(PathOf(key), moment.AddSeconds(seconds));
        }

        _store.Purge(moment, new HashSet<string> { "outcomes/kept", "results/a/kept" });

        Assert.Equal(["kept", "young"], NamesIn("outcomes"));
        Assert.Equal(["kept"], NamesIn("results/a"));
    }

    [Fact]
    public void Purge_NoFolder_HasNothingToDo()
    {
        _store.Purge(DateTime.MaxValue, new HashSet<string>());

        Assert.False(Directory.Exists(_folder.Path("artefacts")));
    }

    private string PathOf(string key) => _folder.Path("artefacts", key);

    private string[] NamesIn(string folder) =>
        [.. Directory.GetFileSystemEntries(PathOf(folder)).Select(path => Path.GetFileName(path)).Order(
            StringComparer.Ordinal)];

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new InvalidDataException("The caller hung up.");
    }
}
