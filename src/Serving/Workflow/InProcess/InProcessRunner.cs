using System.Collections.Concurrent;
using System.Threading.Channels;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.Stages;
using FrozenSeg.Serving.Workflow.Telemetry;
using FrozenSeg.Shared.Problems;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FrozenSeg.Serving.Workflow.InProcess;

/// <summary>
/// Runs segmentations in this process with the guarantees of a durable one: what was accepted is on disk first, what
/// had not ended when the process died is done again by the next, and stages that were done are skipped.
/// </summary>
internal sealed class InProcessRunner : ISegmentationRunner, IAsyncDisposable
{
    private readonly InProcessOptions _options;
    private readonly JobWorker _worker;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly JobJournal _journal;
    private readonly ConcurrentDictionary<string, RunningJob> _jobs = new(StringComparer.Ordinal);
    private readonly Channel<RunningJob> _queue = Channel.CreateUnbounded<RunningJob>();
    private readonly CancellationTokenSource _shutdown = new();
    private readonly Lock _accepting = new();
    private readonly Task[] _workers;
    private int _unfinished;

    /// <summary>Starts the workers, and takes up what an earlier process left.</summary>
    /// <param name="options">How segmentations run.</param>
    /// <param name="stages">The stages.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Told of every job; null tells nobody.</param>
    public InProcessRunner(InProcessOptions options, StageSet stages, TimeProvider time, ILogger? log = null)
        : this(options, stages, time, log, Disk.Instance)
    {
    }

    internal InProcessRunner(InProcessOptions options, StageSet stages, TimeProvider time, ILogger? log, IDisk disk)
    {
        _options = options;
        _time = time;
        _log = log ?? NullLogger.Instance;
        _worker = new JobWorker(options, stages, time, _log);
        _journal = new JobJournal(Path.Combine(options.Folder, "segmentations"), disk);
        Recover();
        _workers = [.. Enumerable.Range(0, options.Parallelism).Select(_ => Task.Run(WorkAsync))];
    }

    /// <summary>How many segmentations wait or are at work.</summary>
    public int Unfinished => Volatile.Read(ref _unfinished);

    /// <summary>Most segmentations that wait or are at work.</summary>
    public int MaxQueued => _options.MaxQueued;

    /// <summary>Why nothing more can be accepted now; null when it can.</summary>
    public SegmentationProblem? FindRefusal() => Unfinished < _options.MaxQueued ? null : new SegmentationProblem(
        ProblemKind.Unavailable, "queue", $"{Unfinished:N0} segmentations are waiting", "Try again later");

    /// <inheritdoc/>
    public Task<SegmentationStatus> StartAsync(SegmentationJob job, CancellationToken cancellation)
    {
        SegmentationId.Check(job.Id);
        lock (_accepting)
        {
            SegmentationStatus? known = Find(job.Id);
            // One of which nothing could be read any more may come again.
            if (known is { RequestKey.Length: > 0 })
            {
                return known.RequestKey == job.Request.Key
                    ? Task.FromResult(known)
                    : throw SegmentationProblem.InvalidRequest(
                        job.Id, "there is a segmentation of this id with another request", "Use another id");
            }

            if (FindRefusal() is SegmentationProblem refusal)
                throw refusal.ToException();
            DateTimeOffset now = _time.GetUtcNow();
            if (known is not null)
                _journal.Reopen(job.Id);
            _journal.Accept(job, now);
            return Task.FromResult(Enqueue(new RunningJob(job, now)).Status);
        }
    }

    /// <inheritdoc/>
    public Task<SegmentationStatus?> FindAsync(string id, CancellationToken cancellation) => Task.FromResult(Find(id));

    /// <inheritdoc/>
    public Task<IReadOnlyList<SegmentationStatus>> ListAsync(int most, CancellationToken cancellation)
    {
        IEnumerable<SegmentationStatus> waiting = _jobs.Values.Select(job => job.Status)
            .OrderByDescending(status => status.Created);
        return Task.FromResult<IReadOnlyList<SegmentationStatus>>(
            [.. waiting.Concat(_journal.Latest()).DistinctBy(status => status.Id).Take(most)]);
    }

    /// <inheritdoc/>
    public Task<bool> RedoAsync(string id, CancellationToken cancellation)
    {
        lock (_accepting)
        {
            if (_jobs.TryGetValue(id, out RunningJob? known) && !known.Status.HasEnded)
                return Task.FromResult(true);
            if (!SegmentationId.IsValid(id) || _journal.FindJob(id) is not AcceptedJob job)
                return Task.FromResult(false);
            _journal.Reopen(id);
            Enqueue(new RunningJob(job.Job, job.Created));
            return Task.FromResult(true);
        }
    }

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

    /// <summary>Forgets the segmentations that ended before a moment, and tells what the others stand on.</summary>
    /// <param name="before">The moment.</param>
    internal RetainedWork Retain(DateTimeOffset before)
    {
        var left = new List<SegmentationJob>();
        var files = new HashSet<string>(StringComparer.Ordinal);
        foreach (string id in _journal.ListIds())
        {
            lock (_accepting)
            {
                if (_jobs.TryGetValue(id, out RunningJob? job))
                    left.Add(job.Job);
                else if (_journal.Find(id) is not { } entry)
                    _journal.ForgetEmpty(id, before);
                else if (entry.Left is AcceptedJob unfinished)
                    left.Add(unfinished.Job);
                else if (entry.Ended is { Ended: { } ended } status && ended >= before)
                    files.UnionWith(status.Files.Values.Select(file => file.Key));
                else if (entry.Ended is not null)
                    _journal.Forget(id);
            }
        }

        return new RetainedWork(left, files);
    }

    private void Recover()
    {
        var left = new List<AcceptedJob>();
        foreach (string id in _journal.ListIds().Where(id => !_journal.HasEnd(id)))
        {
            JournalEntry? entry = _journal.Find(id);
            if (entry?.Left is AcceptedJob job)
                left.Add(job);
            else if (entry?.Damage is string damage)
                Note(Damaged(id, damage));
        }

        foreach (AcceptedJob job in left.OrderBy(job => job.Created))
            Enqueue(new RunningJob(job.Job, job.Created));
    }

    private SegmentationStatus? Find(string id)
    {
        if (_jobs.TryGetValue(id, out RunningJob? job))
            return job.Status;
        if (!SegmentationId.IsValid(id) || _journal.Find(id) is not JournalEntry entry)
            return null;
        if (entry.Ended is SegmentationStatus ended)
            return ended;
        return entry.Left is AcceptedJob left ? TakeUp(left) : Damaged(id, entry.Damage!);
    }

    // How it ended could be read once and cannot any more: what was done is skipped, so that doing it again is cheap.
    private SegmentationStatus TakeUp(AcceptedJob left)
    {
        lock (_accepting)
        {
            if (_jobs.TryGetValue(left.Job.Id, out RunningJob? known))
                return known.Status;
            return _journal.Find(left.Job.Id)?.Ended ?? Enqueue(new RunningJob(left.Job, left.Created)).Status;
        }
    }

    private SegmentationStatus Damaged(string id, string damage)
    {
        ServiceLog.EntryDamaged(_log, id, damage);
        return SegmentationStatus.Unreadable(id, damage, _time.GetUtcNow());
    }

    private RunningJob Enqueue(RunningJob job)
    {
        _jobs[job.Job.Id] = job;
        Interlocked.Increment(ref _unfinished);
        _queue.Writer.TryWrite(job);
        return job;
    }

    private async Task WorkAsync()
    {
        try
        {
            await foreach (RunningJob job in _queue.Reader.ReadAllAsync(_shutdown.Token))
            {
                if (!job.Status.HasEnded && await _worker.RunAsync(job, _shutdown.Token) is SegmentationStatus ended)
                    Close(job, ended);
            }
        }
        catch (OperationCanceledException) when (_shutdown.IsCancellationRequested)
        {
            // The journal holds what is left.
        }
    }

    // A disk that is full keeps the end from being noted: it is remembered here until there is room, and the next
    // process finds out anew.
    private void Close(RunningJob job, SegmentationStatus status)
    {
        lock (_accepting)
        {
            if (job.Status.HasEnded)
                return;
            bool isNoted = Note(status);
            Interlocked.Decrement(ref _unfinished);
            ServiceLog.JobEnded(_log, status, job.Picture);
            WorkflowTelemetry.JobEnded(status);
            if (isNoted)
            {
                _jobs.TryRemove(job.Job.Id, out _);
                NoteRemembered();
            }

            // Last, so that all of it is done for those who waited.
            job.End(status);
        }
    }

    private void NoteRemembered()
    {
        foreach (RunningJob job in _jobs.Values.Where(known => known.Status.HasEnded))
        {
            if (Note(job.Status))
                _jobs.TryRemove(job.Job.Id, out _);
        }
    }

    private bool Note(SegmentationStatus status)
    {
        try
        {
            _journal.End(status);
            return true;
        }
        catch (SegmentationProblemException failure)
        {
            ServiceLog.EndNotNoted(_log, failure, status.Id);
            return false;
        }
    }
}
