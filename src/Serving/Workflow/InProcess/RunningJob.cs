using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.Progress;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Serving.Workflow.InProcess;

/// <summary>A segmentation this process knows of.</summary>
/// <param name="job">The job.</param>
/// <param name="created">When it was accepted.</param>
internal sealed class RunningJob(SegmentationJob job, DateTimeOffset created) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SegmentationStatus _status = SegmentationStatus.Queued(job, created);

    public SegmentationJob Job => job;

    /// <summary>Ends with the job.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Asked for by a caller.</summary>
    public CancellationToken Stopped => _stop.Token;

    /// <summary>The picture, once somebody has looked at it.</summary>
    public ResultImage? Picture { get; set; }

    public SegmentationStatus Status
    {
        get
        {
            lock (_lock)
                return _status;
        }
    }

    public void Begin() => Change(status => status with { State = SegmentationState.Running });

    public void Report(WorkflowProgress progress) => Change(status => status with { Progress = progress });

    public void Report(string stage, double fraction) =>
        Change(status => status with { Progress = status.Progress.At(stage, fraction) });

    /// <summary>Sets the last status; nothing changes it any more.</summary>
    public void End(SegmentationStatus status)
    {
        Change(_ => status);
        _ended.TrySetResult();
    }

    public void Stop() => _stop.Cancel();

    public void Dispose() => _stop.Dispose();

    private void Change(Func<SegmentationStatus, SegmentationStatus> change)
    {
        lock (_lock)
        {
            if (!_status.HasEnded)
                _status = change(_status);
        }
    }
}
