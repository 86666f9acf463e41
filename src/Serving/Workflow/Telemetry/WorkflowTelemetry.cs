using System.Diagnostics;
using System.Diagnostics.Metrics;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.Failures;

namespace FrozenSeg.Serving.Workflow.Telemetry;

/// <summary>What the workflow tells telemetry, under one name for traces and metrics.</summary>
internal static class WorkflowTelemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "FrozenSeg.Workflow";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> StageSeconds =
        Meter.CreateHistogram<double>("frozenseg.stage.duration", "s", "Wall time of a stage");

    private static readonly Histogram<double> QueueSeconds =
        Meter.CreateHistogram<double>("frozenseg.queue.wait", "s", "Wait for the device before a network runs");

    private static readonly Counter<long> Failures =
        Meter.CreateCounter<long>("frozenseg.stage.failures", "{failure}", "Runs of a stage that failed");

    private static readonly Histogram<double> JobSeconds =
        Meter.CreateHistogram<double>(
            "frozenseg.segmentation.duration", "s", "From the acceptance of a segmentation to its end");

    /// <summary>Notes the end of a segmentation.</summary>
    internal static void JobEnded(SegmentationStatus status) => JobSeconds.Record(
        ((status.Ended ?? status.Created) - status.Created).TotalSeconds,
        new KeyValuePair<string, object?>("method", status.Method),
        new KeyValuePair<string, object?>("state", status.State.ToString().ToLowerInvariant()));

    internal static StageActivity Begin(string stage) => new(stage, Source.StartActivity(stage));

    internal static void Waited(string stage, TimeSpan wait) =>
        QueueSeconds.Record(wait.TotalSeconds, new KeyValuePair<string, object?>("stage", stage));

    internal static void Ended(string stage, string outcome, TimeSpan elapsed) => StageSeconds.Record(
        elapsed.TotalSeconds,
        new KeyValuePair<string, object?>("stage", stage),
        new KeyValuePair<string, object?>("outcome", outcome));

    internal static void Failed(string stage, FailureKind kind) => Failures.Add(
        1,
        new KeyValuePair<string, object?>("stage", stage),
        new KeyValuePair<string, object?>("kind", kind.ToString()));
}
