using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Serving.Fetching;
using FrozenSeg.Serving.Http.Answers;
using FrozenSeg.Serving.Http.Documents;
using FrozenSeg.Serving.Interaction;
using FrozenSeg.Serving.Prompting;
using FrozenSeg.Serving.Workflow.InProcess;
using FrozenSeg.Serving.Workflow.Intake;
using FrozenSeg.Serving.Workflow.Stages;
using FrozenSeg.Serving.Workflow.Telemetry;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Vocabularies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FrozenSeg.Serving.Http.Local;

/// <summary>
/// Everything that segments on one machine, put together: what <c>frozenseg serve</c> and <c>frozenseg watch</c> share.
/// </summary>
internal sealed class LocalService : IAsyncDisposable
{
    private readonly LocalServiceOptions _options;
    private readonly StageSet _stages;
    private readonly InteractionMetrics _metrics;
    private readonly FileStream _lock;
    private readonly FolderArtefactStore _store;
    private readonly FolderRetention _retention;
    private readonly StateFolder _folder;
    private readonly ILogger _log;

    /// <summary>Starts the service, and takes up what an earlier one left.</summary>
    /// <exception cref="SegmentationProblemException">The folder cannot be used, or another service uses
    /// it.</exception>
    public LocalService(LocalServiceOptions options)
    {
        _options = options;
        _lock = Lock(options.Folder);
        _log = options.Logs.CreateLogger("FrozenSeg.Service");
        _folder = new StateFolder(options.Folder, options.MaxFolderBytes, options.MinFreeBytes);
        IDisk disk = options.OutlivesPowerCuts ? Disk.Instance : Disk.Unflushed;
        _store = new FolderArtefactStore(Path.Combine(options.Folder, "artefacts"), disk);
        Rules = ServiceRules.Create(NamedVocabularies.Names, options.Library.Selection) with
        {
            AllowsBlobs = options.AllowsBlobs,
            AllowsUrls = options.AllowsUrls,
            AllowsCallbacks = options.Callbacks is not null,
            AllowsExpansion = options.Expander is not null,
        };
        Intake = new SegmentationIntake(new RequestValidator(Rules), Store);
        _stages = new StageSet(new StageServices
        {
            Store = Store,
            Library = options.Library,
            Fetcher = options.Fetcher,
            Callbacks = options.Callbacks,
            Expander = options.Expander ?? NoExpansion.Instance,
            Limits = options.Limits,
            MaxTiledPixels = options.MaxTiledPixels,
            Log = _log,
            ConcurrentRuns = options.ConcurrentRuns,
        });
        Runner = new InProcessRunner(
            new InProcessOptions
            {
                Folder = options.Folder,
                Parallelism = Math.Max(options.Parallelism, options.ConcurrentRuns),
                MaxQueued = options.MaxQueued,
                LongestJob = options.LongestJob,
                Retry = options.Retry,
            },
            _stages,
            TimeProvider.System,
            _log,
            disk);
        _retention = new FolderRetention(Runner, _store);
        Interaction = new InteractionService(Store, Runner, options.Library, options.Limits, TimeProvider.System);
        _metrics = new InteractionMetrics(options.Library.Features);
    }

    /// <summary>Where artefacts lie.</summary>
    public IArtefactStore Store => _store;

    /// <summary>What is accepted.</summary>
    public RequestRules Rules { get; }

    /// <summary>Checks requests, stores what comes with them and names their jobs.</summary>
    public SegmentationIntake Intake { get; }

    /// <summary>Runs segmentations.</summary>
    public InProcessRunner Runner { get; }

    /// <summary>Fetches pictures from addresses; null where none are fetched.</summary>
    public IPictureFetcher? Fetcher => _options.AllowsUrls ? _options.Fetcher : null;

    /// <summary>Answers while somebody watches.</summary>
    public InteractionService Interaction { get; }

    /// <summary>The HTTP API over this service.</summary>
    public SegmentationApi CreateApi(ApiOptions api) => new(Intake, Runner, Store, Facts(), api, _log);

    /// <summary>The routes that only a service with its own networks has.</summary>
    public InteractionApi CreateInteractionApi(ApiOptions api) => new(Interaction, _options, api, Store, _log);

    /// <summary>Removes everything about segmentations that have ended; nothing while one has not.</summary>
    public Task ForgetAllAsync() => Runner.Unfinished == 0 ? ForgetAsync(DateTimeOffset.MaxValue) : Task.CompletedTask;

    /// <summary>Removes what ended, and was last used, longer ago than <paramref name="age"/>.</summary>
    public Task ForgetOlderThanAsync(TimeSpan age) => ForgetAsync(DateTimeOffset.UtcNow - age);

    /// <summary>Gives back the memory of this process that nothing needs now.</summary>
    public void ReleaseMemory()
    {
        _stages.Forget();
        ImageCodec.ReleaseMemory();
        SharedArena.ReleaseUnused();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        NativeHeap.Trim();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Runner.DisposeAsync();
        _metrics.Dispose();
        Interaction.Dispose();
        _stages.Dispose();
        await _lock.DisposeAsync();
    }

    private async Task ForgetAsync(DateTimeOffset before)
    {
        try
        {
            await _retention.PurgeAsync(before);
        }
        catch (Exception failure) when (failure is SegmentationProblemException || DiskFailure.IsOne(failure))
        {
            // What cannot be removed now is removed the next time.
            ServiceLog.PurgeFailed(_log, failure);
        }
    }

    private ServiceFacts Facts() => new()
    {
        Library = _options.Library,
        IsInteractive = true,
        Exports = _options.Exporter?.Forms ?? [],
        Vocabularies =
            [.. NamedVocabularies.All.Select(known => new VocabularyEntry(known.Name, known.Categories.Count))],
        Queue = () => new QueueLoad(Runner.Unfinished, Runner.MaxQueued),
        Folder = _folder.Load,
        FindRefusal = FindRefusal,
        FindFault = _ => Task.FromResult(_folder.FindFault()),
    };

    private ServiceRefusal? FindRefusal() => Runner.FindRefusal() is SegmentationProblem full
        ? new ServiceRefusal(StatusCodes.Status503ServiceUnavailable, full)
        : _folder.FindRefusal();

    // Two processes over one journal would both take up the same jobs. The system frees the lock of a process that
    // died.
    private static FileStream Lock(string folder)
    {
        string path = Path.Combine(folder, ".lock");
        try
        {
            Directory.CreateDirectory(folder);
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw SegmentationProblem.Storage(
                folder,
                $"the folder cannot be used ({DiskFailure.Words(failure)})",
                "Stop the other service, or choose another folder",
                failure);
        }
    }
}
