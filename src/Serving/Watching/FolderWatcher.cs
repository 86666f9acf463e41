using System.Collections.Concurrent;
using FrozenSeg.Serving.Fetching;
using FrozenSeg.Serving.Http;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Serving.Watching;

/// <summary>
/// Does every picture that appears in a folder, once. Polls, because notifications get lost on network folders, and takes a
/// picture only when two looks have seen it unchanged: it may still be on its way.
/// </summary>
/// <param name="service">Does the work; nothing else may use it.</param>
/// <param name="options">What to watch.</param>
/// <param name="report">Told of every picture that is done.</param>
public sealed class FolderWatcher(LocalService service, WatchOptions options, Action<WatchReport> report)
{
    private readonly ResultFolders _results = new(options.Output, options.StateFolder);
    private readonly ConcurrentDictionary<string, WatchedPicture> _settled = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _complaints = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task> _working = new(StringComparer.Ordinal);
    private bool _hasWorked;

    /// <summary>Watches until it is stopped, or until every picture is done.</summary>
    /// <exception cref="SegmentationProblemException">The folder cannot be read.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        _results.Recover();
        Dictionary<string, WatchedPicture> before = [];
        while (true)
        {
            Dictionary<string, WatchedPicture> now = Look().ToDictionary(picture => picture.Name);
            foreach (WatchedPicture picture in now.Values.Where(picture => before.GetValueOrDefault(picture.Name) == picture && IsNew(picture)))
                await BeginAsync(picture, cancellation);
            await ForgetEndedAsync();
            if (_working.Count == 0 && _hasWorked)
            {
                // Every result has been placed: what led to them is not needed any more.
                service.ForgetAll();
                _hasWorked = false;
            }

            if (options.EndsWhenDone && _working.Count == 0 && now.Values.All(picture => !IsNew(picture)))
                return;

            before = now;
            await Task.Delay(options.Interval, cancellation);
        }
    }

    private bool IsNew(WatchedPicture picture) =>
        _settled.GetValueOrDefault(picture.Name) != picture && !_working.ContainsKey(picture.Name);

    private IReadOnlyList<WatchedPicture> Look()
    {
        try
        {
            return WatchedPicture.In(options.Input);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SegmentationProblem(
                ProblemKind.Storage, options.Input, $"the folder cannot be read ({failure.Message})", "Check the path").ToException(failure);
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

    // Whatever cannot be done now, because a disk is full or a file is held, is tried again at the next look.
    private async Task DoAsync(WatchedPicture picture, CancellationToken cancellation)
    {
        try
        {
            (string id, SegmentationRequest request, byte[] content) = await ReadAsync(picture, cancellation);
            if (!_results.IsDone(id, picture.Name))
                report(await SegmentAsync(picture, id, request, content, cancellation));
            _settled[picture.Name] = picture;
        }
        catch (SegmentationProblemException failure) when (failure.Problems.All(problem => problem.Kind is ProblemKind.Storage))
        {
            string complaint = failure.Problems[0].Message;
            if (_complaints.TryGetValue(picture.Name, out string? last) && last == complaint)
                return;
            _complaints[picture.Name] = complaint;
            report(new WatchReport(picture.Name, null, complaint));
        }
        catch (SegmentationProblemException failure)
        {
            string id = Identify(picture.Name, $"{picture.Length}:{picture.Changed.Ticks}:{picture.OptionsChanged?.Ticks}");
            if (!_results.IsDone(id, picture.Name))
            {
                _results.PlaceFailure(id, picture.Name, failure.Problems);
                report(new WatchReport(picture.Name, null, failure.Message));
            }

            _settled[picture.Name] = picture;
        }
    }

    private async Task<(string Id, SegmentationRequest Request, byte[] Content)> ReadAsync(
        WatchedPicture picture, CancellationToken cancellation)
    {
        if (picture.Length > options.MaxImageBytes)
        {
            throw new SegmentationProblem(
                ProblemKind.InvalidImage,
                picture.Name,
                $"the file has {picture.Length:N0} bytes, {options.MaxImageBytes:N0} are allowed",
                "Compress or shrink the picture").ToException();
        }

        string path = Path.Combine(options.Input, picture.Name), beside = WatchedPicture.OptionsName(path);
        try
        {
            byte[] content = await File.ReadAllBytesAsync(path, cancellation);
            SegmentationRequest request = picture.OptionsChanged is null
                ? options.Request
                : RequestJsonContext.Read(await File.ReadAllBytesAsync(beside, cancellation), WatchedPicture.OptionsName(picture.Name));
            string hash = ArtefactKey.OfContent("images", content, "").Value;
            string asked = ArtefactKey.OfContent("requests", RequestJsonContext.Write(request), "").Value;
            return (Identify(picture.Name, hash + asked), request, content);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SegmentationProblem(
                ProblemKind.Storage, path, $"the picture cannot be read ({failure.Message})", "It is tried again").ToException(failure);
        }
    }

    private async Task<WatchReport> SegmentAsync(
        WatchedPicture picture, string id, SegmentationRequest request, byte[] content, CancellationToken cancellation)
    {
        SegmentationJob job = await service.Intake.AcceptAsync(id, request, new FetchedPicture(picture.Name, content), cancellation);
        await service.Runner.StartAsync(job, cancellation);
        SegmentationStatus status = (await service.Runner.WaitAsync(id, Timeout.InfiniteTimeSpan, cancellation))!;
        if (status.State is not SegmentationState.Succeeded)
        {
            _results.PlaceFailure(id, picture.Name, status.Problems);
            return new WatchReport(picture.Name, null, string.Join(' ', status.Problems.Select(problem => problem.Message)));
        }

        var files = new List<(string Name, byte[] Content)>();
        foreach ((string name, ArtefactReference file) in status.Files)
            files.Add((name, await service.Store.GetAsync(ArtefactKey.Parse(file.Key), cancellation)));
        _results.Place(id, picture.Name, files);
        return new WatchReport(picture.Name, status.Segments, null);
    }

    private static string Identify(string name, string version) =>
        ArtefactKey.Derive("watched", "", name, version).Value.Split('/')[1];
}
