using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Serving.Fetching;
using FrozenSeg.Serving.Workflow;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.InProcess;
using FrozenSeg.Serving.Workflow.Stages;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Testing;

namespace FrozenSeg.Serving.Tests.Workflow;

/// <summary>A whole service in a temporary folder, with the procedural stand-in and four points a side.</summary>
internal sealed class ServiceBench : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private StageSet? _stages;
    private InProcessRunner? _runner;

    public ServiceBench() => Store = new FolderArtefactStore(_folder.Path("artefacts"));

    public IArtefactStore Store { get; set; }

    public IPictureFetcher? Fetcher { get; init; }

    public ImageLimits Limits { get; init; } = ImageLimits.Default;

    public long MaxTiledPixels { get; init; }

    public ICallbackSender? Callbacks { get; init; }

    public string Root => _folder.Root;

    public InProcessRunner Runner => _runner ??= Start();

    public static byte[] Picture(int seed = 0)
    {
        Pipeline.Foundation.Imaging.PixelImage image = TestPicture.Make(32, 40 + seed);
        return ImageCodec.EncodePng(image);
    }

    /// <summary>Stores picture and request, and names the job.</summary>
    public async Task<SegmentationJob> PrepareAsync(string id, byte[] picture, SegmentationRequest? request = null)
    {
        ArtefactReference image = await Store.PutAsync(ArtefactKey.OfContent("images", picture, ""), picture, default);
        return await RequestAsync(
            id, (request ?? Automask) with { Image = new ImageSource { Artefact = image, Name = $"{id}.png" } });
    }

    public async Task<SegmentationJob> RequestAsync(string id, SegmentationRequest request)
    {
        byte[] json = RequestJsonContext.Write(request);
        ArtefactReference reference = await Store.PutAsync(
            ArtefactKey.OfContent("requests", json, ".json"), json, default);
        return new SegmentationJob(
            id, reference, request.Method!, request.Expansion is not null, request.Callback is not null);
    }

    public async Task<SegmentationStatus> RunAsync(SegmentationJob job)
    {
        await Runner.StartAsync(job, default);
        return (await Runner.WaitAsync(job.Id, TimeSpan.FromMinutes(1), default))!;
    }

    /// <summary>Ends the runner as if the process had ended, and starts another over the same folder.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        _runner = Start();
    }

    public static SegmentationRequest Automask { get; } = new()
    {
        Method = "automask",
        Tasks = [SegmentationTask.Masks],
        Settings = new Dictionary<string, string> { ["points_per_side"] = "4" },
    };

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    private InProcessRunner Start()
    {
        _stages = new StageSet(new StageServices
        {
            Store = Store,
            Library = SharedNetworks.ProcSam,
            Fetcher = Fetcher,
            Callbacks = Callbacks,
            Limits = Limits,
            MaxTiledPixels = MaxTiledPixels,
        });
        var retry = new RetryOptions { FirstDelay = TimeSpan.FromMilliseconds(1), MaxAttempts = 3 };
        return new InProcessRunner(
            new InProcessOptions { Folder = _folder.Root, Retry = retry }, _stages, TimeProvider.System);
    }

    private async Task StopAsync()
    {
        if (_runner is not null)
            await _runner.DisposeAsync();
        _stages?.Dispose();
    }
}
