using FrozenSeg.Serving.Http.Documents;
using FrozenSeg.Serving.Prompting;
using FrozenSeg.Serving.Workflow;
using FrozenSeg.Serving.Workflow.InProcess;
using FrozenSeg.Serving.Workflow.Stages;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Serving.Http;

/// <summary>
/// Everything that segments on one machine, put together: what <c>frozenseg serve</c> and <c>frozenseg watch</c> share.
/// </summary>
public sealed class LocalService : IAsyncDisposable
{
    private readonly LocalServiceOptions _options;
    private readonly StageSet _stages;
    private readonly FileStream _lock;

    /// <summary>Starts the service, and takes up what an earlier one left.</summary>
    /// <exception cref="SegmentationProblemException">The folder cannot be used, or another service uses it.</exception>
    public LocalService(LocalServiceOptions options)
    {
        _options = options;
        _lock = Lock(options.Folder);
        Store = new FolderArtefactStore(Path.Combine(options.Folder, "artefacts"));
        Rules = ServiceRules.Create(NamedVocabularies.Names) with
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
            ConcurrentRuns = options.ConcurrentRuns,
        });
        Runner = new InProcessRunner(
            new InProcessOptions { Folder = options.Folder, Parallelism = Math.Max(options.Parallelism, options.ConcurrentRuns), Retry = options.Retry },
            _stages,
            TimeProvider.System);
    }

    /// <summary>Where artefacts lie.</summary>
    public IArtefactStore Store { get; }

    /// <summary>What is accepted.</summary>
    public RequestRules Rules { get; }

    /// <summary>The door.</summary>
    public SegmentationIntake Intake { get; }

    /// <summary>Runs segmentations.</summary>
    public InProcessRunner Runner { get; }

    /// <summary>The HTTP API over this service.</summary>
    public SegmentationApi CreateApi(ApiOptions api) => new(Intake, Runner, Store, Facts(), api);

    /// <summary>Removes everything about segmentations that have ended; nothing while one has not.</summary>
    public void ForgetAll()
    {
        if (Runner.Unfinished == 0)
            Remove(DateTime.MaxValue);
    }

    /// <summary>Removes what ended, and was written, longer ago than <paramref name="age"/>.</summary>
    public void ForgetOlderThan(TimeSpan age) => Remove(DateTime.UtcNow - age);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Runner.DisposeAsync();
        _stages.Dispose();
        await _lock.DisposeAsync();
    }

    private void Remove(DateTime before)
    {
        try
        {
            FolderRetention.Purge(_options.Folder, before);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // What cannot be removed now is removed the next time.
        }
    }

    private ServiceFacts Facts() => new()
    {
        Library = _options.Library,
        Vocabularies = [.. NamedVocabularies.All.Select(known => new VocabularyEntry(known.Name, known.Categories.Count))],
        Unfinished = () => Runner.Unfinished,
        FindFault = FindFaultAsync,
    };

    private async Task<string?> FindFaultAsync(CancellationToken cancellation)
    {
        try
        {
            ArtefactKey probe = ArtefactKey.Parse("health/probe");
            await Store.PutAsync(probe, "ready"u8.ToArray(), cancellation);
            return null;
        }
        catch (SegmentationProblemException failure)
        {
            return failure.Message;
        }
    }

    // Two processes over one journal would both take up the same jobs. The system frees the lock of a process that died.
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
            throw new SegmentationProblem(
                ProblemKind.Storage, folder, $"the folder cannot be used ({failure.Message})", "Stop the other service, or choose another folder")
                .ToException(failure);
        }
    }
}
