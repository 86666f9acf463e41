using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace FrozenSeg;

/// <summary>What segmenters tell telemetry: the instruments that the service has, under the same names.</summary>
public static class SegmenterTelemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "FrozenSeg.Workflow";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> StageSeconds =
        Meter.CreateHistogram<double>("frozenseg.stage.duration", "s", "Wall time of a stage");

    private static readonly Histogram<double> QueueSeconds =
        Meter.CreateHistogram<double>("frozenseg.queue.wait", "s", "Wait for the device before a network runs");

    internal static void Waited(TimeSpan wait) => QueueSeconds.Record(wait.TotalSeconds);

    internal static Run Begin(string method) => new(method);

    /// <summary>One picture; what is not said to have succeeded has failed.</summary>
    internal sealed class Run(string method) : IDisposable
    {
        private readonly Activity? _activity = Source.StartActivity(method);
        private readonly long _started = Stopwatch.GetTimestamp();
        private string _outcome = "failed";

        public void Succeeded() => _outcome = "done";

        public void Dispose()
        {
            StageSeconds.Record(
                Stopwatch.GetElapsedTime(_started).TotalSeconds,
                new KeyValuePair<string, object?>("stage", method),
                new KeyValuePair<string, object?>("outcome", _outcome));
            _activity?.SetStatus(_outcome == "done" ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
            _activity?.Dispose();
        }
    }
}
