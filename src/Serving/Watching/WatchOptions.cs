using FrozenSeg.Shared.Requests;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FrozenSeg.Serving.Watching;

/// <summary>What a watcher looks for and where results go.</summary>
internal sealed record WatchOptions
{
    /// <summary>The folder that is watched; its subfolders are not.</summary>
    public required string Input { get; init; }

    /// <summary>The folder for results: one folder a picture, named as the picture.</summary>
    public required string Output { get; init; }

    /// <summary>
    /// What is asked of each picture that has no request of its own beside it (<c>photo.jpg.json</c>).
    /// </summary>
    public required SegmentationRequest Request { get; init; }

    /// <summary>Time between two looks; half a second.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Pictures at work at once. Default: 8.</summary>
    public int MaxInFlight { get; init; } = 8;

    /// <summary>Whether to end once every picture is done. Default: false.</summary>
    public bool EndsWhenDone { get; init; }

    /// <summary>
    /// How often a picture that cannot be read now is tried before it counts as failed, where the watch has an end.
    /// Default: 3.
    /// </summary>
    public int MostRefusals { get; init; } = 3;

    /// <summary>Where the watch logs; nowhere by default.</summary>
    public ILoggerFactory Logs { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Largest picture, bytes; 64 MiB.</summary>
    public long MaxImageBytes { get; init; } = 64L << 20;

    /// <summary>What is kept between runs.</summary>
    public string StateFolder => Path.Combine(Output, ".frozenseg");
}
