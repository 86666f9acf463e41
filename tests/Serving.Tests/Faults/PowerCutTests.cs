using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Serving.Tests.Workflow;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Testing;

namespace FrozenSeg.Serving.Tests.Faults;

/// <summary>
/// The service dies at every operation it does on the disk. What it has accepted until then is done by the next process
/// over the same folder, right and whole; what it has not accepted is either unknown or done.
/// </summary>
public sealed class PowerCutTests
{
    private const int Jobs = 2;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Service_DiesNowAndThen_LosesNothingItHasAccepted(bool losesPower)
    {
        int tried = await DieAsync(losesPower, step: 9, seeds: 1);

        Assert.True(tried > 5);
    }

    [Theory]
    [Trait("Suite", "Slow")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Service_DiesAtEveryOperation_LosesNothingItHasAccepted(bool losesPower)
    {
        int tried = await DieAsync(losesPower, step: 1, seeds: losesPower ? 4 : 1);

        CampaignTable.Add(
            "store and journal",
            losesPower ? "power cut at every disk operation" : "kill at every disk operation",
            tried,
            "every accepted segmentation done, every result whole");
    }

    // The power goes as soon as the first is accepted. Where flushing does something nothing is lost, whatever the
    // chances; where it does nothing something is, which shows that the campaign would notice.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Service_LosesPowerOnceItHasAccepted_LosesOnlyWhatWasNotFlushed(bool flushes)
    {
        byte[] picture = ServiceBench.Picture();
        int expected = (await RunWholeAsync([picture]))[0];
        int lost = 0;
        for (int seed = 0; seed < 6; seed++)
        {
            using var folder = new TemporaryFolder();
            var disk = new CrashingDisk(int.MaxValue, losesPower: true, seed, flushes);
            await using (var bench = new FaultBench(folder.Root, disk))
            {
                await bench.StartAsync("job", picture);
                disk.Stop();
            }

            await using var next = new FaultBench(folder.Root, Disk.Unflushed);
            bool isKnown = await next.Runner.FindAsync("job", default) is not null;
            SegmentationStatus? status = isKnown ? await next.EndAsync("job") : null;
            lost += status?.State is SegmentationState.Succeeded && await next.SegmentsAsync("job") == expected ? 0 : 1;
        }

        Assert.Equal(flushes, lost == 0);
    }

    // Picture, request and job, each with its folder, and the folder that the job makes: what docs/service.md says it
    // costs.
    [Fact]
    public async Task Service_AcceptsASecondJob_FlushesSevenTimes()
    {
        using var folder = new TemporaryFolder();
        var disk = new CrashingDisk(int.MaxValue, losesPower: false, seed: 0);
        await using var bench = new FaultBench(folder.Root, disk);
        await bench.StartAsync("first", ServiceBench.Picture());
        await bench.EndAsync("first");
        int before = disk.Flushes;

        await bench.StartAsync("second", ServiceBench.Picture(seed: 1));
        await bench.EndAsync("second");

        Assert.Equal(7, disk.Flushes - before);
    }

    private static async Task<int> DieAsync(bool losesPower, int step, int seeds)
    {
        byte[][] pictures = [.. Enumerable.Range(0, Jobs).Select(ServiceBench.Picture)];
        int[] expected = await RunWholeAsync(pictures);
        int tried = 0;
        for (int seed = 0; seed < seeds; seed++)
        {
            // Until one run is through before its disk stops.
            for (int operations = 0; await DieAfterAsync(
                operations, losesPower, (1_000 * seed) + operations, pictures, expected); operations += step)
                tried++;
        }

        return tried;
    }

    private static async Task<int[]> RunWholeAsync(byte[][] pictures)
    {
        using var folder = new TemporaryFolder();
        await using var bench = new FaultBench(folder.Root, Disk.Unflushed);
        var segments = new int[pictures.Length];
        for (int i = 0; i < pictures.Length; i++)
        {
            await bench.StartAsync($"job-{i}", pictures[i]);
            segments[i] = await bench.SegmentsAsync($"job-{i}");
        }

        return segments;
    }

    private static async Task<bool> DieAfterAsync(
        int operations, bool losesPower, int seed, byte[][] pictures, int[] expected)
    {
        using var folder = new TemporaryFolder();
        var disk = new CrashingDisk(operations, losesPower, seed);
        var accepted = new HashSet<string>();
        await using (var bench = new FaultBench(folder.Root, disk))
        {
            try
            {
                for (int i = 0; i < pictures.Length; i++)
                {
                    await bench.StartAsync($"job-{i}", pictures[i]);
                    accepted.Add($"job-{i}");
                }

                while (!disk.IsDead && bench.Runner.Unfinished > 0)
                    await Task.Delay(2);
            }
            catch (PowerCutException)
            {
                // Whoever had sent it was not told that it was accepted.
            }
        }

        await using var next = new FaultBench(folder.Root, Disk.Unflushed);
        for (int i = 0; i < pictures.Length; i++)
        {
            SegmentationStatus? status = await next.Runner.FindAsync($"job-{i}", default);
            Assert.True(
                status is not null || !accepted.Contains($"job-{i}"),
                $"job-{i} was lost after {operations} operations");
            if (status is not null)
                Assert.Equal(expected[i], await next.SegmentsAsync($"job-{i}"));
        }

        return disk.IsDead;
    }
}
