using System.CommandLine;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Serving.Http;
using FrozenSeg.Serving.Watching;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Cli.Commands;

/// <summary><c>frozenseg watch</c>: segments every picture that appears in a folder, once, whatever happens in between.</summary>
internal sealed class WatchCommand
{
    private readonly Argument<string> _folder = new("folder") { Description = "Folder to watch" };
    private readonly Option<string> _out = new("--out") { Description = "Folder for results", Required = true };
    private readonly Option<bool> _once = new("--once") { Description = "End when every picture is done" };
    private readonly SettingArguments _request = new();
    private readonly ModelArguments _models = new();
    private readonly RuntimeArguments _runtime = new();
    private readonly PicturesArgument _pictures = new();

    /// <summary>The command for the root.</summary>
    public static Command Create()
    {
        var self = new WatchCommand();
        var command = new Command("watch", "Segment every picture that appears in a folder") { self._folder, self._out, self._once };
        self._request.AddTo(command);
        self._models.AddTo(command);
        self._runtime.AddTo(command);
        self._pictures.AddTo(command);
        command.SetAction(self.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var options = new WatchOptions
        {
            Input = parsed.GetRequiredValue(_folder),
            Output = parsed.GetRequiredValue(_out),
            Request = _request.Read(parsed),
            EndsWhenDone = parsed.GetValue(_once),
        };
        if (!Directory.Exists(options.Input))
            throw new SegmentationProblem(ProblemKind.Storage, options.Input, "there is no such folder", "Check the path").ToException();
        SessionFactory sessions = _runtime.CreateSessions(parsed, _pictures);
        using var library = new ModelLibrary(_models.Read(parsed), sessions);
        await using var service = new LocalService(new LocalServiceOptions
        {
            Folder = options.StateFolder,
            Library = library,
            ConcurrentRuns = sessions.PicturesAtOnce,
        });
        CheckRequest(service, options.Request);
        Console.WriteLine($"watching {options.Input}");
        await new FolderWatcher(service, options, Report).RunAsync(cancellation);
        return 0;
    }

    // What is wrong for every picture is said before the first.
    private static void CheckRequest(LocalService service, SegmentationRequest request) =>
        new RequestValidator(service.Rules).Check(request with { Image = new ImageSource { Bytes = [0] } });

    private static void Report(WatchReport report)
    {
        if (report.Failure is null)
            Console.WriteLine($"{report.Picture}: {report.Segments} segments");
        else
            Console.Error.WriteLine($"{report.Picture}: {report.Failure}");
    }
}
