using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Serving.Fetching;
using FrozenSeg.Serving.Http.Answers;
using FrozenSeg.Serving.Prompting;
using FrozenSeg.Serving.Workflow;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FrozenSeg.Serving.Http.Local;

/// <summary>A service on one machine.</summary>
internal sealed record LocalServiceOptions
{
    /// <summary>Folder for everything the service keeps.</summary>
    public required string Folder { get; init; }

    /// <summary>The networks; disposed by their maker.</summary>
    public required ModelLibrary Library { get; init; }

    /// <summary>Segmentations at work at once, networks among them <see cref="ConcurrentRuns"/>. Default: 4.</summary>
    public int Parallelism { get; init; } = 4;

    /// <summary>How many pictures networks work on at once; 1, so that a device is never oversubscribed.</summary>
    public int ConcurrentRuns { get; init; } = 1;

    /// <summary>Fetches pictures from blobs and addresses; null fetches none.</summary>
    public IPictureFetcher? Fetcher { get; init; }

    /// <summary>Whether the fetcher reads blobs. Default: false.</summary>
    public bool AllowsBlobs { get; init; }

    /// <summary>Whether the fetcher reads addresses. Default: false.</summary>
    public bool AllowsUrls { get; init; }

    /// <summary>Makes callbacks; null makes none.</summary>
    public ICallbackSender? Callbacks { get; init; }

    /// <summary>Makes more of prompts; null leaves them as they are.</summary>
    public IPromptExpander? Expander { get; init; }

    /// <summary>Turns results into other forms; null knows none.</summary>
    public IResultExporter? Exporter { get; init; }

    /// <summary>What a picture may cost.</summary>
    public ImageLimits Limits { get; init; } = ImageLimits.Default;

    /// <summary>
    /// Most pixels of a TIFF above <see cref="Limits"/> that is segmented by tiles. Default: 200 million.
    /// </summary>
    public long MaxTiledPixels { get; init; } = 200_000_000;

    /// <summary>Most segmentations that have not ended. Default: 10,000.</summary>
    public int MaxQueued { get; init; } = 10_000;

    /// <summary>Longest time one segmentation may work. Default: 2 hours.</summary>
    public TimeSpan LongestJob { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Most bytes in <see cref="Folder"/> before nothing more is accepted; null for no limit.</summary>
    public long? MaxFolderBytes { get; init; }

    /// <summary>
    /// Least bytes free on the disk of <see cref="Folder"/>; with less nothing is accepted. Default: 256 MiB.
    /// </summary>
    public long MinFreeBytes { get; init; } = 256L << 20;

    /// <summary>
    /// Whether what is accepted lies on the disk before anybody is told. On; a watched folder keeps its pictures
    /// itself.
    /// </summary>
    public bool OutlivesPowerCuts { get; init; } = true;

    /// <summary>Where the service logs; nowhere by default.</summary>
    public ILoggerFactory Logs { get; init; } = NullLoggerFactory.Instance;

    /// <summary>How failed stages are tried again.</summary>
    public RetryOptions Retry { get; init; } = RetryOptions.Default;
}
