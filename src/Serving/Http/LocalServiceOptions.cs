using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Serving.Fetching;
using FrozenSeg.Serving.Prompting;
using FrozenSeg.Serving.Workflow;

namespace FrozenSeg.Serving.Http;

/// <summary>A service on one machine.</summary>
public sealed record LocalServiceOptions
{
    /// <summary>Folder for everything the service keeps.</summary>
    public required string Folder { get; init; }

    /// <summary>The networks; disposed by whoever made them.</summary>
    public required ModelLibrary Library { get; init; }

    /// <summary>Segmentations at work at once, networks among them <see cref="ConcurrentRuns"/>. 4.</summary>
    public int Parallelism { get; init; } = 4;

    /// <summary>How many pictures networks work on at once; 1, so that a device is never oversubscribed.</summary>
    public int ConcurrentRuns { get; init; } = 1;

    /// <summary>Fetches pictures from blobs and addresses; null fetches none.</summary>
    public IPictureFetcher? Fetcher { get; init; }

    /// <summary>Whether the fetcher reads blobs. Off.</summary>
    public bool AllowsBlobs { get; init; }

    /// <summary>Whether the fetcher reads addresses. Off.</summary>
    public bool AllowsUrls { get; init; }

    /// <summary>Makes callbacks; null makes none.</summary>
    public ICallbackSender? Callbacks { get; init; }

    /// <summary>Makes more of prompts; null leaves them as they are.</summary>
    public IPromptExpander? Expander { get; init; }

    /// <summary>What a picture may cost.</summary>
    public ImageLimits Limits { get; init; } = ImageLimits.Default;

    /// <summary>How failed stages are tried again.</summary>
    public RetryOptions Retry { get; init; } = RetryOptions.Default;
}
