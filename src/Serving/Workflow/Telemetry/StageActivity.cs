using System.Diagnostics;
using FrozenSeg.Serving.Workflow.Failures;

namespace FrozenSeg.Serving.Workflow.Telemetry;

/// <summary>The trace of one run of a stage.</summary>
/// <param name="stage">The stage.</param>
/// <param name="activity">The span; null when nobody listens.</param>
internal sealed class StageActivity(string stage, Activity? activity) : IDisposable
{
    /// <summary>Notes that the work was done, and returns the seconds.</summary>
    public double Done(TimeSpan elapsed) => End("done", elapsed);

    /// <summary>Notes that an earlier run had done the work, and returns the seconds.</summary>
    public double Skipped(TimeSpan elapsed) => End("skipped", elapsed);

    /// <summary>Notes the failure, and returns the seconds.</summary>
    public double Failed(TimeSpan elapsed, StageFailure failure, Exception cause)
    {
        activity?.SetStatus(ActivityStatusCode.Error, failure.Problems[0].Message);
        activity?.AddException(cause);
        WorkflowTelemetry.Failed(stage, failure.Kind);
        return End("failed", elapsed);
    }

    /// <inheritdoc/>
    public void Dispose() => activity?.Dispose();

    private double End(string outcome, TimeSpan elapsed)
    {
        activity?.SetTag("outcome", outcome);
        WorkflowTelemetry.Ended(stage, outcome, elapsed);
        return elapsed.TotalSeconds;
    }
}
