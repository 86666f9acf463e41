using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Serving.Http.Local;
using FrozenSeg.Serving.Tests.Faults;
using FrozenSeg.Serving.Tests.Workflow;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Testing;

namespace FrozenSeg.Serving.Tests.Http;

public sealed class RetentionTests : IDisposable
{
    private static readonly DateTime LongAgo = DateTime.UtcNow.AddDays(-30);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Purge_JobThatWasLeftLongAgo_KeepsWhatItNeedsAndWhatItMakes()
    {
        var stopped = new CrashingDisk(operations: 40, losesPower: false, seed: 0);
        await using (var dead = new FaultBench(_folder.Root, stopped))
        {
            await dead.StartAsync("left", ServiceBench.Picture());
            while (!stopped.IsDead && dead.Runner.Unfinished > 0)
                await Task.Delay(2);
        }

        Age();
        await using var bench = new FaultBench(_folder.Root, Disk.Unflushed);
        // As a service does at its start, while the job is taken up again.
        await new FolderRetention(bench.Runner, bench.Store).PurgeAsync(DateTimeOffset.UtcNow.AddDays(-7));
        Assert.True(await bench.SegmentsAsync("left") > 0);
        await new FolderRetention(bench.Runner, bench.Store).PurgeAsync(DateTimeOffset.UtcNow.AddDays(-7));

        Assert.True(await bench.SegmentsAsync("left") > 0);
    }

    [Fact]
    public async Task Purge_SegmentationsThatEnded_GoByTheirEnd()
    {
        await using var bench = new FaultBench(_folder.Root, Disk.Unflushed);
        await bench.StartAsync("old", ServiceBench.Picture());
        await bench.EndAsync("old");
        DateTimeOffset between = DateTimeOffset.UtcNow;
        await bench.StartAsync("young", ServiceBench.Picture(seed: 1));
        SegmentationStatus young = await bench.EndAsync("young");
        // However old its files look.
        Age();

        await new FolderRetention(bench.Runner, bench.Store).PurgeAsync(between);

        Assert.Null(await bench.Runner.FindAsync("old", default));
        Assert.False(File.Exists(_folder.Path("artefacts", "results", "old", "result.json")));
        Assert.NotNull(await bench.Runner.FindAsync("young", default));
        Assert.All(young.Files.Values, file => Assert.True(File.Exists(_folder.Path("artefacts", file.Key))));
    }

    private void Age()
    {
        foreach (string file in Directory.GetFiles(_folder.Root, "*", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(file, LongAgo);
    }
}
