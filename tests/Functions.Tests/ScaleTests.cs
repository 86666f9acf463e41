using System.Diagnostics;
using FrozenSeg.Functions.Orchestrations;
using FrozenSeg.Functions.Tests.Host;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Serving.Workflow;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Results;
using FrozenSeg.Testing;
using Microsoft.DurableTask.Client;
using Xunit.Abstractions;

namespace FrozenSeg.Functions.Tests;

/// <summary>
/// What docs/scale.md holds its simulation against: a few hundred pictures at once, on one hub and one, two and four
/// workers. The figures are in the test's output. The in-memory hub hands out as many activities at once as there are
/// processors: <c>DOTNET_PROCESSOR_COUNT</c> lifts that.
/// </summary>
/// <param name="output">Takes the figures.</param>
[Trait("Suite", "Slow")]
public sealed class ScaleTests(ITestOutputHelper output)
{
    private const int Nothings = 200, Nanos = 120;
    private static readonly TimeSpan Network = TimeSpan.FromMilliseconds(50), Rest = TimeSpan.FromMilliseconds(10);
    private static readonly ArtefactReference Artefact = new("artefacts/1", 1);

    /// <summary>The orchestration and an in-memory hub are the real ones; the stages only take their time.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Nothing_OnSeveralWorkers_IsSharedByThem(int workers)
    {
        using var devices = new SemaphoreSlim(workers);
        var held = new Held();
        await using InProcessTaskHub host = await StartAsync(devices, held);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        long start = Stopwatch.GetTimestamp();

        string[] ids = await Task.WhenAll(
            Enumerable.Range(0, Nothings).Select(i => host.Client.ScheduleNewOrchestrationInstanceAsync(
                SegmentImage.Name, SegmentationStart.Of(
                    new SegmentationJob($"nothing-{i}", Artefact, "automask", Expands: false, Notifies: false)))));
        OrchestrationMetadata[] ended = await Task.WhenAll(
            ids.Select(id => host.Client.WaitForInstanceCompletionAsync(id, limit.Token)));

        TimeSpan all = Stopwatch.GetElapsedTime(start);
        Assert.All(ended, instance => Assert.Equal(OrchestrationRuntimeStatus.Completed, instance.RuntimeStatus));
        Write(
            $"nothing, {workers} workers: {all.TotalSeconds:F1} s for {Nothings}; network {held.Seconds / Nothings:F4} "
                + "s a picture");
        Assert.InRange(all.TotalSeconds, held.Seconds / workers * 0.99, double.PositiveInfinity);
    }

    /// <summary>Real worker processes, with the storage emulator.</summary>
    [AzuriteTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Nano_OnSeveralWorkers_EndsOnceEachAndIsShared(int workers)
    {
        var service = new ServiceFixture();
        await service.InitializeAsync();
        try
        {
            for (int i = 1; i < workers; i++)
                await service.Host.AddWorkerAsync(service.Settings());
            await SegmentAsync(service, "warm", workers * 4);
            TimeSpan before = service.Host.ProcessorTime;
            long start = Stopwatch.GetTimestamp();

            await SegmentAsync(service, "nano", Nanos);

            TimeSpan all = Stopwatch.GetElapsedTime(start);
            double each = (service.Host.ProcessorTime - before).TotalSeconds / Nanos;
            Write(
                $"nano, {workers} workers: {all.TotalSeconds:F1} s for {Nanos}; processor {each:F3} s a picture; "
                    + $"networks by worker: {string.Join(", ", service.Host.CallsOf("GenerateMasks"))}");
            Assert.Equal(Nanos + (workers * 4), service.Host.CallsOf("GenerateMasks").Sum());
            Assert.All(service.Host.CallsOf("GenerateMasks"), calls => Assert.NotEqual(0, calls));
        }
        finally
        {
            await service.DisposeAsync();
        }
    }

    // No picture like another: a stage that was done is not done again.
    private static async Task SegmentAsync(ServiceFixture service, string name, int count)
    {
        PixelImage image = TestPicture.Make(96, 128);
        for (int i = 0; i < count; i++)
        {
            image.Pixels[i] ^= (byte)(name.Length * 8);
            byte[] picture = ImageCodec.EncodePng(image);
            using HttpResponseMessage answer = await service.Client.PutAsync(
                $"api/segmentations/{name}-{i}", ServiceFixture.Form(picture, ServiceFixture.Quick));
            answer.EnsureSuccessStatusCode();
        }

        for (int i = 0; i < count; i++)
            Assert.Equal("succeeded", (await service.EndAsync($"{name}-{i}")).GetProperty("state").GetString());
    }

    private static Task<InProcessTaskHub> StartAsync(SemaphoreSlim devices, Held held) =>
        InProcessTaskHub.StartAsync(registry =>
        {
            var picture = new PreparedPicture(Artefact, new ResultImage("a.png", 4, 3, "00", 1));
            var files = new PublishedFiles(new Dictionary<string, ArtefactReference> { ["result.json"] = Artefact }, 1);
            registry.AddOrchestratorFunc<SegmentationStart, WorkflowResult>(SegmentImage.Name, SegmentImage.RunAsync);
            registry.AddActivityFunc<SegmentationJob, StageOutcome<PreparedPicture>>(
                StageNames.Prepare, (_, _) => TakeAsync(picture));
            registry.AddActivityFunc<MethodInput, StageOutcome<MethodOutput>>(
                StageNames.GenerateMasks, async (_, input) =>
            {
                await devices.WaitAsync();
                long start = Stopwatch.GetTimestamp();
                await Task.Delay(Network);
                held.Add(Stopwatch.GetElapsedTime(start));
                devices.Release();
                return new StageOutcome<MethodOutput>(new MethodOutput(input.Method, Artefact, 1), null, 0);
            });
            registry.AddActivityFunc<AggregateInput, StageOutcome<MethodOutput>>(
                StageNames.Aggregate, (_, input) => TakeAsync(input.Outcomes[0]));
            registry.AddActivityFunc<PublishInput, StageOutcome<PublishedFiles>>(
                StageNames.Publish, (_, _) => TakeAsync(files));
        });

    private static async Task<StageOutcome<T>> TakeAsync<T>(T value)
    {
        await Task.Delay(Rest);
        return new StageOutcome<T>(value, null, 0);
    }

    private void Write(string line) => output.WriteLine(line);

    // How long devices were held, all of them together.
    private sealed class Held
    {
        private long _ticks;

        public double Seconds => TimeSpan.FromTicks(_ticks).TotalSeconds;

        public void Add(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
    }
}
