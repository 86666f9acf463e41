using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Serving.Tests.Workflow;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Testing;

namespace FrozenSeg.Serving.Tests.Faults;

/// <summary>
/// The service dies at every operation it does on the disk. What it has accepted until then is done by the next process over the
/// same folder, right and whole; what it has not accepted is either unknown or done.
/// </summary>
public sealed class PowerCutTests : IDisposable
{
    private const int Jobs = 2;

    private readonly ModelLibrary _library = new(ModelSelection.Default, TinySam.Sessions);

    public void Dispose() => _library.Dispose();

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
            "store and journal", losesPower ? "power cut at every disk operation" : "kill at every disk operation", tried, "every accepted segmentation done, every result whole");
    }

    private async Task<int> DieAsync(bool losesPower, int step, int seeds)
    {
        byte[][] pictures = [.. Enumerable.Range(0, Jobs).Select(ServiceBench.Picture)];
        int[] expected = await RunWholeAsync(pictures);
        int tried = 0;
        for (int seed = 0; seed < seeds; seed++)
        {
            // Until one run is through before its disk stops.
            for (int operations = 0; await DieAfterAsync(operations, losesPower, (1_000 * seed) + operations, pictures, expected); operations += step)
                tried++;
        }

        return tried;
    }

    private async Task<int[]> RunWholeAsync(byte[][] pictures)
    {
        using var folder = new TemporaryFolder();
        await using var bench = new FaultBench(folder.Root, _library, Disk.Unflushed);
        var segments = new int[pictures.Length];
        for (int i = 0; i < pictures.Length; i++)
        {
            await bench.StartAsync($"job-{i}", pictures[i]);
            segments[i] = await bench.SegmentsAsync($"job-{i}");
        }

        return segments;
    }

    private async Task<bool> DieAfterAsync(
        int operations, bool losesPower, int seed, byte[][] pictures, int[] expected)
    {
        using var folder = new TemporaryFolder();
        var disk = new CrashingDisk(operations, losesPower, seed);
        var accepted = new HashSet<string>();
        await using (var bench = new FaultBench(folder.Root, _library, disk))
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

        await using var next = new FaultBench(folder.Root, _library, Disk.Unflushed);
        for (int i = 0; i < pictures.Length; i++)
        {
            SegmentationStatus? status = await next.Runner.FindAsync($"job-{i}", default);
            Assert.True(status is not null || !accepted.Contains($"job-{i}"), $"job-{i} was lost after {operations} operations");
            if (status is not null)
                Assert.Equal(expected[i], await next.SegmentsAsync($"job-{i}"));
        }

        return disk.IsDead;
    }
}
