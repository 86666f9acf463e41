using System.Collections.Concurrent;
using System.Threading.Channels;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.Stages;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving.Workflow.InProcess;

/// <summary>
/// Runs segmentations in this process with the guarantees of a durable one: what was accepted is on disk first, what had
/// not ended when the process died is done again by the next, and stages that were done are skipped.
/// </summary>
public sealed class InProcessRunner : ISegmentationRunner, IAsyncDisposable
{
    private readonly InProcessOptions _options;
    private readonly StageSet _stages;
    private readonly TimeProvider _time;
    private readonly JobJournal _journal;
    private readonly ConcurrentDictionary<string, RunningJob> _jobs = new(StringComparer.Ordinal);
    private readonly Channel<RunningJob> _queue = Channel.CreateUnbounded<RunningJob>();
    private readonly CancellationTokenSource _shutdown = new();
    private readonly Lock _accepting = new();
    private readonly Task[] _workers;

    /// <summary>Starts the workers, and takes up what an earlier process left.</summary>
    /// <param name="options">How segmentations run.</param>
    /// <param name="stages">The stages.</param>
    /// <param name="time">The clock.</param>
    public InProcessRunner(InProcessOptions options, StageSet stages, TimeProvider time)
    {
        _options = options;
        _stages = stages;
        _time = time;
        _journal = new JobJournal(Path.Combine(options.Folder, "segmentations"));
        foreach (AcceptedJob left in _journal.Unfinished())
            Enqueue(new RunningJob(left.Job, left.Created));
        _workers = [.. Enumerable.Range(0, options.Parallelism).Select(_ => Task.Run(WorkAsync))];
    }

    /// <summary>How many segmentations wait or are at work.</summary>
    public int Unfinished => _jobs.Values.Count(job => !job.Status.HasEnded);

    /// <inheritdoc/>
    public Task<SegmentationStatus> StartAsync(SegmentationJob job, CancellationToken cancellation)
    {
        SegmentationId.Check(job.Id);
        lock (_accepting)
        {
            if (Find(job.Id) is SegmentationStatus known)
            {
                return known.RequestKey == job.Request.Key ? Task.FromResult(known) : throw new SegmentationProblem(
                    ProblemKind.InvalidRequest, job.Id, "there is a segmentation of this id with another request", "Use another id")
                    .ToException();
            }

            if (_jobs.Count >= _options.MaxQueued)
            {
                throw new SegmentationProblem(
                    ProblemKind.Unavailable, "queue", $"{_jobs.Count:N0} segmentations are waiting", "Try again later").ToException();
            }

            DateTimeOffset now = _time.GetUtcNow();
            _journal.Accept(job, now);
            var accepted = new RunningJob(job, now);
            Enqueue(accepted);
            return Task.FromResult(accepted.Status);
        }
    }

    /// <inheritdoc/>
    public Task<SegmentationStatus?> FindAsync(string id, CancellationToken cancellation) => Task.FromResult(Find(id));

    /// <inheritdoc/>
    public async Task<SegmentationStatus?> WaitAsync(string id, TimeSpan patience, CancellationToken cancellation)
    {
        if (_jobs.TryGetValue(id, out RunningJob? job))
        {
            try
            {
                await job.Ended.WaitAsync(patience, _time, cancellation);
            }
            catch (TimeoutException)
            {
                return job.Status;
            }
        }

        return Find(id);
    }

    /// <inheritdoc/>
    public Task<SegmentationStatus?> CancelAsync(string id, CancellationToken cancellation)
    {
        if (_jobs.TryGetValue(id, out RunningJob? job))
        {
            job.Stop();
            Close(job, job.Status with { State = SegmentationState.Cancelled, Ended = _time.GetUtcNow() });
        }

        return Task.FromResult(Find(id));
    }

    /// <summary>Stops the workers. What has not ended stays in the journal for the next process.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _shutdown.CancelAsync();
        await Task.WhenAll(_workers);
        _shutdown.Dispose();
        foreach (RunningJob job in _jobs.Values)
            job.Dispose();
    }

    private SegmentationStatus? Find(string id) =>
        _jobs.TryGetValue(id, out RunningJob? job) ? job.Status : SegmentationId.IsValid(id) ? _journal.Ended(id) : null;

    private void Enqueue(RunningJob job)
    {
        _jobs[job.Job.Id] = job;
        _queue.Writer.TryWrite(job);
    }

    private async Task WorkAsync()
    {
        try
        {
            await foreach (RunningJob job in _queue.Reader.ReadAllAsync(_shutdown.Token))
            {
                if (!job.Status.HasEnded)
                    await RunAsync(job);
            }
        }
        catch (OperationCanceledException) when (_shutdown.IsCancellationRequested)
        {
            // The journal holds what is left.
        }
    }

    private async Task RunAsync(RunningJob job)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_shutdown.Token, job.Stopped);
        try
        {
            job.Begin();
            var context = new InProcessContext(_stages, job, _time, stop.Token);
            WorkflowResult result = await SegmentationWorkflow.RunAsync(context, job.Job, _options.Retry);
            Close(job, job.Status.With(result, _time.GetUtcNow()));
        }
        catch (OperationCanceledException) when (job.Stopped.IsCancellationRequested && !_shutdown.IsCancellationRequested)
        {
            // CancelAsync has closed it.
        }
#pragma warning disable CA1031 // A bug in one segmentation must not stop the others.
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Close(job, job.Status with
            {
                State = SegmentationState.Failed,
                Ended = _time.GetUtcNow(),
                Problems = FailureClassifier.Classify("workflow", failure).Problems,
            });
        }
    }

    // A disk that is full keeps the end from being noted: it is remembered here, and the next process finds out anew.
    private void Close(RunningJob job, SegmentationStatus status)
    {
        lock (_accepting)
        {
            if (job.Status.HasEnded)
                return;
            bool isNoted = TryNote(status);
            job.End(status);
            if (isNoted)
                _jobs.TryRemove(job.Job.Id, out _);
        }
    }

    private bool TryNote(SegmentationStatus status)
    {
        try
        {
            _journal.End(status);
            return true;
        }
        catch (SegmentationProblemException)
        {
            return false;
        }
    }
}
