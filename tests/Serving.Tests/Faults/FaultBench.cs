using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Serving.Tests.Workflow;
using FrozenSeg.Serving.Workflow;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.InProcess;
using FrozenSeg.Serving.Workflow.Intake;
using FrozenSeg.Serving.Workflow.Stages;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Serving.Tests.Faults;

/// <summary>A service over a folder and a disk, as one process sees it: the folder outlives it.</summary>
internal sealed class FaultBench : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly StageSet _stages;
    private readonly SegmentationIntake _intake;

    public FaultBench(string folder, IDisk disk)
    {
        Store = new FolderArtefactStore(Path.Combine(folder, "artefacts"), disk);
        _stages = new StageSet(new StageServices { Store = Store, Library = SharedNetworks.Nano });
        var retry = new RetryOptions { FirstDelay = TimeSpan.FromMilliseconds(1), MaxAttempts = 2 };
        Runner = new InProcessRunner(
            new InProcessOptions { Folder = folder, Retry = retry }, _stages, TimeProvider.System, null, disk);
        _intake = new SegmentationIntake(new RequestValidator(ServiceRules.Create([], ModelSelection.Default)), Store);
    }

    public FolderArtefactStore Store { get; }

    public InProcessRunner Runner { get; }

    /// <summary>Sends a picture, as the HTTP API takes it in.</summary>
    public async Task StartAsync(string id, byte[] picture)
    {
        await using IStagedArtefact content = await Store.StageAsync("images", new MemoryStream(picture), default);
        await Runner.StartAsync(
            await _intake.AcceptAsync(id, ServiceBench.Automask, new StagedPicture($"{id}.png", content), default),
            default);
    }

    /// <summary>The end of a segmentation.</summary>
    public async Task<SegmentationStatus> EndAsync(string id)
    {
        SegmentationStatus status = (await Runner.WaitAsync(id, Patience, default))!;
        Assert.True(status.HasEnded, $"{id} has not ended");
        return status;
    }

    /// <summary>How many segments the result on the disk has; the result is made again when it is damaged.</summary>
    public async Task<int> SegmentsAsync(string id)
    {
        for (int attempt = 1; ; attempt++)
        {
            SegmentationStatus status = await EndAsync(id);
            Assert.True(
                status.State is SegmentationState.Succeeded,
                $"{id} {status.State}: {string.Join(' ', status.Problems)}");
            ArtefactReference[] files = [.. status.Files.Values];
            bool[] whole = await Task.WhenAll(files.Select(file => StoredContent.IsWholeAsync(Store, file, default)));
            if (whole.All(isWhole => isWhole))
                return ResultJsonContext.Read(
                    await Store.GetAsync(ArtefactKey.Parse(status.Files["result.json"].Key), default)).Segments.Count;
            Assert.True(attempt < 3 && await Runner.RedoAsync(id, default), $"{id} stays damaged");
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Runner.DisposeAsync();
        }
        catch (PowerCutException)
        {
            // It died at its work, as it was to.
        }

        _stages.Dispose();
    }
}
