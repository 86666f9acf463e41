using System.Collections.Concurrent;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Serving.Fetching;
using FrozenSeg.Serving.Http.Local;
using FrozenSeg.Serving.Workflow;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.Failures;
using FrozenSeg.Serving.Workflow.Telemetry;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using Microsoft.Extensions.Logging;

namespace FrozenSeg.Serving.Watching;

/// <summary>
/// Does every picture that appears in a folder, once. Polls, because notifications get lost on network folders, and
/// takes a picture only when two looks have seen it unchanged: it may still be on its way. Whatever is wrong with one
/// is its own <c>problem.json</c>.
/// </summary>
/// <param name="service">Does the work; nothing else may use it.</param>
/// <param name="options">What to watch.</param>
/// <param name="report">Told of every picture that is done.</param>
internal sealed class FolderWatcher(LocalService service, WatchOptions options, Action<WatchReport> report)
{
    private const long MaxOptionsBytes = 8L << 20;

    private readonly ResultFolders _results = new(options.Output, options.StateFolder, Disk.Instance);
    private readonly ILogger _log = options.Logs.CreateLogger("FrozenSeg.Watch");
    private readonly ConcurrentDictionary<string, WatchedPicture> _settled = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _complaints = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _refusals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task> _working = new(StringComparer.Ordinal);
    private bool _hasWorked, _hasLooked;
    private int _failed;

    /// <summary>Watches until it is stopped, or until every picture is done.</summary>
    /// <exception cref="SegmentationProblemException">The folder cannot be read.</exception>
    public async Task<WatchSummary> RunAsync(CancellationToken cancellation)
    {
        _results.Recover();
        Dictionary<string, WatchedPicture> before = [];
        while (true)
        {
            FolderLook look = Look();
            foreach ((string name, string reason) in look.Odd)
                Complain(name, new SegmentationProblem(ProblemKind.Storage, name, reason, "It is passed over").Message);
            Dictionary<string, WatchedPicture> now = look.Pictures.ToDictionary(picture => picture.Name);
            foreach (WatchedPicture picture in now.Values.Where(
                picture => before.GetValueOrDefault(picture.Name) == picture && IsNew(picture)))
                await BeginAsync(picture, cancellation);
            await ForgetEndedAsync();
            if (_working.Count == 0 && _hasWorked)
            {
                // Every result has been placed: what led to them is not needed any more.
                await service.ForgetAllAsync();
                _hasWorked = false;
            }

            if (options.EndsWhenDone && _working.Count == 0 && now.Values.All(picture => !IsNew(picture)))
                return new WatchSummary(_failed, look.OtherKinds);

            before = now;
            await Task.Delay(options.Interval, cancellation);
        }
    }

    private bool IsNew(WatchedPicture picture) =>
        _settled.GetValueOrDefault(picture.Name) != picture && !_working.ContainsKey(picture.Name);

    // A folder that could be read before comes back, as network folders do.
    private FolderLook Look()
    {
        try
        {
            FolderLook look = FolderLook.At(options.Input);
            _hasLooked = true;
            return look;
        }
        catch (SegmentationProblemException failure) when (_hasLooked && !options.EndsWhenDone)
        {
            Complain(options.Input, failure.Message);
            return new FolderLook([], [], []);
        }
    }

    private async Task BeginAsync(WatchedPicture picture, CancellationToken cancellation)
    {
        while (_working.Count >= options.MaxInFlight)
        {
            await Task.WhenAny(_working.Values).WaitAsync(cancellation);
            await ForgetEndedAsync();
        }

        _hasWorked = true;
        _working[picture.Name] = Task.Run(() => DoAsync(picture, cancellation), cancellation);
    }

    private async Task ForgetEndedAsync()
    {
        foreach (string name in _working.Where(work => work.Value.IsCompleted).Select(work => work.Key).ToArray())
        {
            _working.Remove(name, out Task? work);
            await work!;
        }
    }

    private async Task DoAsync(WatchedPicture picture, CancellationToken cancellation)
    {
        string id = Identify(picture.Name, $"{picture.Length}:{picture.Changed.Ticks}:{picture.OptionsChanged?.Ticks}");
        try
        {
            (id, SegmentationRequest request, byte[] content) = await ReadAsync(picture, cancellation);
            if (!_results.IsDone(id, picture.Name))
                await SegmentAsync(picture.Name, id, request, content, cancellation);
            _settled[picture.Name] = picture;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever one picture does, it fails alone.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            if (FailureClassifier.IsUnexpected(failure))
                ServiceLog.PictureBroke(_log, failure, picture.Name);
            Refuse(picture, id, FailureClassifier.Classify(picture.Name, failure).Problems);
        }
    }

    private async Task SegmentAsync(
        string name, string id, SegmentationRequest request, byte[] content, CancellationToken cancellation)
    {
        SegmentationJob job = await service.Intake.AcceptAsync(
            id, request, new FetchedPicture(name, content), cancellation);
        SegmentationStatus status = await RunAsync(job, cancellation);
        if (status.State is not SegmentationState.Succeeded)
            throw new SegmentationProblemException(Reasons(status));
        _results.Place(id, name, await FilesAsync(status, cancellation));
        report(new WatchReport(name, status.Segments, null));
    }

    // One that failed in an earlier run, or whose files were damaged since, is done again; once.
    private async Task<SegmentationStatus> RunAsync(SegmentationJob job, CancellationToken cancellation)
    {
        SegmentationStatus? earlier = await service.Runner.FindAsync(job.Id, cancellation);
        if (earlier is { HasEnded: true } && !await IsUsableAsync(earlier, cancellation))
            await service.Runner.RedoAsync(job.Id, cancellation);
        await service.Runner.StartAsync(job, cancellation);
        return await service.Runner.WaitAsync(job.Id, Timeout.InfiniteTimeSpan, cancellation)
            ?? throw SegmentationProblem.Storage(job.Id, "its entry in the journal is gone", "It is tried again");
    }

    private async Task<bool> IsUsableAsync(SegmentationStatus status, CancellationToken cancellation)
    {
        foreach (ArtefactReference file in status.Files.Values)
        {
            if (!await StoredContent.IsWholeAsync(service.Store, file, cancellation))
                return false;
        }

        return status.State is SegmentationState.Succeeded;
    }

    private async Task<List<(string Name, byte[] Content)>> FilesAsync(
        SegmentationStatus status, CancellationToken cancellation)
    {
        var files = new List<(string Name, byte[] Content)>();
        foreach ((string name, ArtefactReference file) in status.Files)
            files.Add((name, await StoredContent.ReadAsync(service.Store, file, cancellation)));
        return files;
    }

    private static IReadOnlyList<SegmentationProblem> Reasons(SegmentationStatus status) => status.Problems.Count > 0
        ? status.Problems
        : [new SegmentationProblem(ProblemKind.Unavailable, status.Id, "it was stopped", "Run it again")];

    // Whatever cannot be done now, because a disk is full or a file is held, is tried again at the next look; where
    // there is an end to looking, a few times.
    private void Refuse(WatchedPicture picture, string id, IReadOnlyList<SegmentationProblem> problems)
    {
        string path = Path.Combine(options.Input, picture.Name);
        bool mayPass = problems.All(problem => problem.Kind is ProblemKind.Storage);
        if (mayPass && !File.Exists(path))
            return;
        if (mayPass && !(
            options.EndsWhenDone
                && _refusals.AddOrUpdate(picture.Name, 1, (_, times) => times + 1) >= options.MostRefusals))
        {
            Complain(picture.Name, problems[0].Message);
            return;
        }

        string message = string.Join(' ', problems.Select(problem => problem.Message));
        if (mayPass || !_results.IsDone(id, picture.Name))
        {
            Interlocked.Increment(ref _failed);
            TryPlace(id, picture, problems, isFinal: problems.All(
                problem => problem.Kind is not (ProblemKind.Storage or ProblemKind.Unavailable)));
            report(new WatchReport(picture.Name, null, message));
        }

        _settled[picture.Name] = picture;
    }

    private void TryPlace(string id, WatchedPicture picture, IReadOnlyList<SegmentationProblem> problems, bool isFinal)
    {
        try
        {
            _results.PlaceFailure(id, picture.Name, problems, isFinal);
        }
        catch (SegmentationProblemException failure)
        {
            Complain(options.Output, failure.Message);
        }
    }

    private void Complain(string name, string complaint)
    {
        if (_complaints.TryGetValue(name, out string? last) && last == complaint)
            return;
        _complaints[name] = complaint;
        report(new WatchReport(name, null, complaint));
    }

    private async Task<(string Id, SegmentationRequest Request, byte[] Content)> ReadAsync(
        WatchedPicture picture, CancellationToken cancellation)
    {
        byte[] content = await ReadFileAsync(picture.Name, options.MaxImageBytes, cancellation);
        string beside = WatchedPicture.OptionsName(picture.Name);
        SegmentationRequest request = picture.OptionsChanged is null
            ? options.Request
            : RequestJsonContext.Read(await ReadFileAsync(beside, MaxOptionsBytes, cancellation), beside);
        string hash = ArtefactKey.OfContent("images", content, "").Value;
        string asked = ArtefactKey.OfContent("requests", RequestJsonContext.Write(request), "").Value;
        return (Identify(picture.Name, hash + asked), request, content);
    }

    private async Task<byte[]> ReadFileAsync(string name, long limit, CancellationToken cancellation)
    {
        string path = Path.Combine(options.Input, name);
        try
        {
            return await BoundedFile.ReadAsync(path, limit, cancellation) ?? throw SegmentationProblem.InvalidImage(
                name,
                $"the file has {new FileInfo(path).Length:N0} bytes, {limit:N0} are allowed",
                "Compress or shrink the picture");
        }
        catch (Exception failure) when (DiskFailure.IsOne(failure))
        {
            throw SegmentationProblem.Storage(
                name, $"the file cannot be read ({DiskFailure.Words(failure)})", "It is tried again", failure);
        }
    }

    private static string Identify(string name, string version) =>
        ArtefactKey.Derive("watched", "", name, version).Value.Split('/')[1];
}
