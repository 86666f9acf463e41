using FrozenSeg.Pipeline.Foundation.Runtime;
using Microsoft.Extensions.Logging;

namespace FrozenSeg.Functions;

/// <summary>Everything the app logs.</summary>
internal static partial class Log
{
    [LoggerMessage(
        1, LogLevel.Information, "The stages are up on {Provider}; reason for it, if it was not asked for: {Reason}")]
    public static partial void StagesReady(ILogger log, ExecutionProviderChoice provider, string? reason);

    [LoggerMessage(2, LogLevel.Critical, "The stages cannot come up")]
    public static partial void StagesFailed(ILogger log, Exception failure);

    [LoggerMessage(3, LogLevel.Information, "{Origin} became segmentation {Id}")]
    private static partial void Started(ILogger log, string origin, string id);

    [LoggerMessage(4, LogLevel.Information, "{Origin} is segmentation {Id}, which is known already")]
    private static partial void Known(ILogger log, string origin, string id);

    /// <summary>Says whether what came began a segmentation or is one already.</summary>
    public static void Begun(ILogger log, bool wasStarted, string origin, string id)
    {
        if (wasStarted)
            Started(log, origin, id);
        else
            Known(log, origin, id);
    }

    [LoggerMessage(5, LogLevel.Warning, "{Origin} was rejected: {Reason}")]
    public static partial void Rejected(ILogger log, string origin, string reason);

    [LoggerMessage(6, LogLevel.Information, "Purged {Instances} instances and {Blobs} blobs older than {Cutoff}")]
    public static partial void Purged(ILogger log, int instances, int blobs, DateTimeOffset cutoff);
}
