using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Serving.Http;
using FrozenSeg.Serving.Http.Local;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FrozenSeg.Serving;

/// <summary>The service in an application, with its networks.</summary>
internal sealed class HostedSegmentation : IAsyncDisposable
{
    private readonly ModelLibrary _library;

    public HostedSegmentation(IOptions<ServingOptions> options, ILoggerFactory logs)
    {
        ServingOptions chosen = options.Value;
        SegmenterOptions segmenter = chosen.Segmenter;
        _library = new ModelLibrary(segmenter.Models, new SessionFactory(segmenter.Runtime));
        Service = new LocalService(new LocalServiceOptions
        {
            Folder = Path.GetFullPath(chosen.Folder),
            Library = _library,
            Limits = segmenter.Limits,
            Logs = logs,
            ConcurrentRuns = segmenter.Parallelism,
            MaxQueued = chosen.MaxQueued,
        });
        Api = new ApiOptions { Keys = [.. chosen.Keys], MaxImageBytes = segmenter.Limits.MaxBytes };
    }

    /// <summary>What answers.</summary>
    public LocalService Service { get; }

    /// <summary>How it answers.</summary>
    public ApiOptions Api { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        _library.Dispose();
    }
}
