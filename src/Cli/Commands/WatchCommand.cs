using System.CommandLine;
using FrozenSeg.Cli.Arguments;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Serving.Http.Local;
using FrozenSeg.Serving.Watching;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using Microsoft.Extensions.Logging;

namespace FrozenSeg.Cli.Commands;

/// <summary>
/// <c>frozenseg watch</c>: segments every picture that appears in a folder, once, whatever happens in between.
/// </summary>
internal sealed class WatchCommand
{
    // The command did what it could; some pictures have a problem.json.
    private const int PicturesFailed = 1;

    private const int MostNamed = 10, LongestName = 255;

    private readonly Argument<string> _folder = new("folder") { Description = "Folder to watch" };
    private readonly Option<string> _out = new("--out") { Description = "Folder for results", Required = true };
    private readonly Option<bool> _once = new("--once") { Description = "End when every picture is done" };
    private readonly LogArguments _log = new(LogLevel.Error);
    private readonly SettingArguments _request = new();
    private readonly ModelArguments _models = new();
    private readonly RuntimeArguments _runtime = new();
    private readonly PicturesArgument _pictures = new();

    /// <summary>The command for the root.</summary>
    public static Command Create()
    {
        var self = new WatchCommand();
        var command = new Command("watch", "Segment every picture that appears in a folder")
        {
            self._folder,
            self._out,
            self._once,
        };
        self._request.AddTo(command);
        self._models.AddTo(command);
        self._runtime.AddTo(command);
        self._log.AddTo(command);
        self._pictures.AddTo(command);
        command.SetAction(self.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using ILoggerFactory logs = _log.Create(parsed);
        var options = new WatchOptions
        {
            Logs = logs,
            Input = parsed.GetRequiredValue(_folder),
            Output = parsed.GetRequiredValue(_out),
            Request = _request.Read(parsed),
            EndsWhenDone = parsed.GetValue(_once),
        };
        if (!Directory.Exists(options.Input))
            throw SegmentationProblem.Storage(options.Input, "there is no such folder", "Check the path");
        if (Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Input)) == Path.TrimEndingDirectorySeparator(
            Path.GetFullPath(options.Output)))
            throw SegmentationProblem.InvalidRequest(
                "--out", "it is the watched folder itself", "Choose another folder");
        OutputPlace.CheckFolder(options.Output);
        SessionFactory sessions = _runtime.CreateSessions(parsed, _pictures, int.MaxValue);
        using var library = new ModelLibrary(_models.Read(parsed), sessions);
        await using var service = new LocalService(new LocalServiceOptions
        {
            Folder = options.StateFolder,
            Library = library,
            Logs = logs,
            OutlivesPowerCuts = false,
            ConcurrentRuns = sessions.PicturesAtOnce,
        });
        CheckRequest(service, options.Request);
        Console.WriteLine($"watching {options.Input}");
        WatchSummary summary = await new FolderWatcher(service, options, Report).RunAsync(cancellation);
        if (summary.OtherKinds.Count > 0)
            Console.Error.WriteLine(
                $"Passed over: {Names(summary.OtherKinds)}. PNG, JPEG, WebP, BMP, GIF, TIFF, PBM and TGA are read.");
        return summary.Failed == 0 ? 0 : PicturesFailed;
    }

    private static string Names(IReadOnlyList<string> names)
    {
        string first = string.Join(", ", names.Take(MostNamed).Select(name => ProblemText.Clean(name, 60)));
        return names.Count <= MostNamed ? first : $"{first} and {names.Count - MostNamed:N0} more";
    }

    // What is wrong for every picture is said before the first.
    private static void CheckRequest(LocalService service, SegmentationRequest request) =>
        new RequestValidator(service.Rules).Check(request with { Image = new ImageSource { Bytes = [0] } });

    private static void Report(WatchReport report)
    {
        string picture = ProblemText.Clean(report.Picture, LongestName);
        if (report.Failure is null)
            Console.WriteLine($"{picture}: {Counted.Of(report.Segments ?? 0, "segment")}");
        else
            Console.Error.WriteLine($"{picture}: {report.Failure}");
    }
}
