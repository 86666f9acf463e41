using Azure.Storage.Blobs;
using FrozenSeg.Functions.Options;
using FrozenSeg.Functions.Storage;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Serving.Fetching;
using FrozenSeg.Serving.Prompting;
using FrozenSeg.Serving.Workflow.Stages;
using FrozenSeg.Shared.Artefacts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FrozenSeg.Functions.Activities;

/// <summary>
/// Brings the stages up beside the start of the process, so that a slow copy of weights does not hold up the worker:
/// activities wait for it, and readiness tells.
/// </summary>
/// <param name="options">Settings of the app.</param>
/// <param name="storage">The image storage account.</param>
/// <param name="store">Where artefacts lie.</param>
/// <param name="expander">Makes more of prompts.</param>
/// <param name="log">The log.</param>
internal sealed class StageHost(
    IOptions<ServiceOptions> options,
    BlobServiceClient storage,
    IArtefactStore store,
    IPromptExpander expander,
    ILogger<StageHost> log) : BackgroundService
{
    private readonly TaskCompletionSource<StageSet> _stages = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ModelLibrary? _library;

    /// <summary>The networks; null before the stages are up.</summary>
    public ModelLibrary? Library => _library;

    /// <summary>Why the stages cannot come up; null while they may still, or have.</summary>
    public Exception? Failure => _stages.Task.Exception?.InnerException;

    /// <summary>Whether the stages are up.</summary>
    public bool IsReady => _stages.Task.IsCompletedSuccessfully;

    /// <summary>The stages, once they are up.</summary>
    /// <exception cref="Exception">They cannot come up; what stopped them.</exception>
    public Task<StageSet> StagesAsync(CancellationToken cancellation) => _stages.Task.WaitAsync(cancellation);

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (IsReady)
            _stages.Task.Result.Dispose();
        _library?.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            ServiceOptions settings = options.Value;
            if (settings.ModelsContainer is string container && settings.Role is not AppRole.Cpu)
                await ModelFiles.CopyAsync(
                    storage.GetBlobContainerClient(container), settings.ModelsFolder, stoppingToken);
            _library = new ModelLibrary(ModelPaths.Resolve(settings.Models, settings.ModelsFolder), Sessions(settings));
            _stages.SetResult(new StageSet(Services(settings, _library)));
            Log.StagesReady(log, _library.Sessions.ActiveProvider, _library.Sessions.FallbackReason);
        }
#pragma warning disable CA1031 // Readiness and every activity say what it was.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.StagesFailed(log, failure);
            _stages.SetException(failure);
        }
    }

    private static SessionFactory Sessions(ServiceOptions settings) => new(new RuntimeOptions
    {
        Provider = settings.Role is AppRole.Cpu ? ExecutionProviderChoice.Cpu : settings.Provider,
        Precision = settings.Precision,
        Threads = settings.Threads,
        DeviceMemoryLimitMegabytes = settings.DeviceMemoryLimitMegabytes,
    });

    // What reaches out of the service lives as long as the process.
    private StageServices Services(ServiceOptions settings, ModelLibrary library) => new()
    {
        Store = store,
        Library = library,
        Expander = expander,
        Fetcher = new BlobPictureFetcher(
            storage, ImageLimits.Default, settings.AllowsUrls ? new UrlFetcher(new OutboundOptions()) : null),
        Callbacks = settings.AllowsCallbacks
            ? new CallbackSender(new OutboundOptions { CallbackSecrets = settings.CallbackSecrets })
            : null,
    };
}
