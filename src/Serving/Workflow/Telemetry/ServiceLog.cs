using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.Failures;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Results;
using Microsoft.Extensions.Logging;

namespace FrozenSeg.Serving.Workflow.Telemetry;

/// <summary>Everything the service logs.</summary>
internal static partial class ServiceLog
{
    /// <summary>Says how a segmentation ended: one line, whatever became of it.</summary>
    public static void JobEnded(ILogger log, SegmentationStatus status, ResultImage? picture)
    {
        double seconds = ((status.Ended ?? status.Created) - status.Created).TotalSeconds;
        string size = picture is null ? "no picture" : $"{picture.Width}x{picture.Height}";
        if (status.State is SegmentationState.Failed)
            JobFailed(
                log,
                status.Id,
                status.Method,
                size,
                seconds,
                status.Problems.Count > 0 ? status.Problems[0].Message : "");
        else
            JobDone(log, status.Id, status.State, status.Method, size, seconds, status.Segments ?? 0);
    }

    [LoggerMessage(
        1, LogLevel.Information, "Segmentation {Id} {State}: {Method}, {Size}, {Seconds:F2} s, {Segments} segments")]
    private static partial void JobDone(
        ILogger log, string id, SegmentationState state, string method, string size, double seconds, int segments);

    [LoggerMessage(2, LogLevel.Warning, "Segmentation {Id} failed: {Method}, {Size}, {Seconds:F2} s: {Reason}")]
    private static partial void JobFailed(
        ILogger log, string id, string method, string size, double seconds, string reason);

    [LoggerMessage(3, LogLevel.Error, "Segmentation {Id} failed unexpectedly")]
    public static partial void JobBroke(ILogger log, Exception failure, string id);

    [LoggerMessage(4, LogLevel.Error, "Stage {Stage} failed unexpectedly")]
    public static partial void StageBroke(ILogger log, Exception failure, string stage);

    [LoggerMessage(5, LogLevel.Warning, "Stage {Stage} failed and may be tried again ({Kind}): {Reason}")]
    public static partial void StageFailed(ILogger log, string stage, FailureKind kind, string reason);

    [LoggerMessage(6, LogLevel.Warning, "The entry of segmentation {Id} in the journal cannot be read: {Damage}")]
    public static partial void EntryDamaged(ILogger log, string id, string damage);

    [LoggerMessage(7, LogLevel.Error, "The end of segmentation {Id} cannot be noted")]
    public static partial void EndNotNoted(ILogger log, SegmentationProblemException failure, string id);

    [LoggerMessage(8, LogLevel.Error, "{Method} {Path} failed unexpectedly; the caller was given {Reference}")]
    public static partial void RequestBroke(
        ILogger log, Exception failure, string method, string path, string reference);

    [LoggerMessage(9, LogLevel.Warning, "What stage {Stage} had left is damaged and is made again: {Artefact}")]
    public static partial void ArtefactDamaged(ILogger log, string stage, string artefact);

    [LoggerMessage(10, LogLevel.Warning, "What is old cannot be removed")]
    public static partial void PurgeFailed(ILogger log, Exception failure);

    [LoggerMessage(11, LogLevel.Debug, "{Method} {Path}: {StatusCode}")]
    public static partial void Answered(ILogger log, string method, string path, int statusCode);

    [LoggerMessage(12, LogLevel.Error, "Picture {Name} of the watched folder failed unexpectedly")]
    public static partial void PictureBroke(ILogger log, Exception failure, string name);
}
