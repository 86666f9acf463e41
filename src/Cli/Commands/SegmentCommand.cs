using System.CommandLine;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Cli.Commands;

/// <summary><c>frozenseg segment</c>: finds in a picture what words name, with any of the methods.</summary>
internal sealed class SegmentCommand
{
    private readonly Argument<string> _image = new("image") { Description = "PNG, JPEG or WebP" };
    private readonly Option<string> _out = new("--out") { Description = "Folder for the results; - prints result.json alone", Required = true };
    private readonly Option<SegmentationTask[]> _tasks = new("--task")
    {
        Description = "Answers wanted: masks, panoptic, semantic, instance, referring",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string> _method = new("--method") { Description = "How to look" };
    private readonly VocabularyArguments _words = new();
    private readonly ModelArguments _models = new();
    private readonly RuntimeArguments _runtime = new();
    private readonly SettingOption _settings = new();
    private readonly IMethodArguments[] _methods = CreateMethods();

    private SegmentCommand()
    {
        _method.DefaultValueFactory = _ => _methods[0].Name;
        _method.Description = $"How to look: {string.Join(", ", _methods.Select(method => method.Name))}";
    }

    /// <summary>The command for the root.</summary>
    public static Command Create()
    {
        var self = new SegmentCommand();
        var command = new Command("segment", "Find in a picture what words name")
        {
            self._image, self._method, self._tasks, self._out,
        };
        self._words.AddTo(command);
        self._models.AddTo(command);
        foreach (Option option in self._methods.SelectMany(method => method.Options).Distinct())
            command.Add(option);
        self._settings.AddTo(command);
        self._runtime.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(() => self.Run(parsed, cancellation), cancellation));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        IMethodArguments arguments = FindMethod(parsed.GetRequiredValue(_method));
        SegmentationOrder order = ReadOrder(parsed, MethodFactory.Find(arguments.Name).Capabilities);
        string folder = parsed.GetRequiredValue(_out);
        if (!StandardOutput.Is(folder))
            OutputPlace.CheckFolder(folder);
        Picture picture = ImageReader.CreateDefault().ReadPicture(parsed.GetRequiredValue(_image));
        SessionFactory sessions = _runtime.CreateSessions(parsed);
        using ISegmentationMethod method = MethodFactory.Create(
            arguments.Name, _models.Read(parsed), Settings(parsed, arguments), sessions);
        SegmentationOutcome outcome = ProgressDisplay.Run(
            method.Name, progress => method.Segment(picture.Pixels, order, progress, cancellation));

        SegmentationResult document = ResultWriter.Document(
            picture.Description, method.Name, order, _words.Prompts(parsed), outcome);
        if (StandardOutput.Is(folder))
            StandardOutput.Write(ResultJsonContext.Write(document));
        else
            ResultWriter.Write(folder, picture.Pixels, document, outcome);
        Report(document, folder);
        return 0;
    }

    // What an option says, --set may overrule. An option of another method would do nothing, so it is a mistake.
    private Dictionary<string, string> Settings(ParseResult parsed, IMethodArguments chosen)
    {
        SegmentationProblem[] foreign =
        [
            .. from method in _methods
               from option in method.Options.Except(chosen.Options)
               where parsed.GetResult(option) is { Implicit: false }
               select new SegmentationProblem(
                   ProblemKind.InvalidRequest, option.Name, $"it belongs to --method {method.Name}, and this is {chosen.Name}", "Leave it out"),
        ];
        if (foreign.Length > 0)
            throw new SegmentationProblemException([.. foreign.DistinctBy(problem => problem.Where)]);
        return _settings.Over(parsed, chosen.Settings(parsed));
    }

    private static IMethodArguments[] CreateMethods()
    {
        var frozenSeg = new FrozenSegArguments();
        return
        [
            new AutomaskMethodArguments(),
            new CarMethodArguments(),
            new FrozenSegMethodArguments(FrozenSegMethod.FrozenSegName, frozenSeg),
            new FrozenSegMethodArguments(FrozenSegMethod.FcClipName, frozenSeg),
            new FusedMethodArguments(),
        ];
    }

    private IMethodArguments FindMethod(string name) =>
        _methods.FirstOrDefault(method => method.Name == name) ?? throw new SegmentationProblem(
            ProblemKind.InvalidRequest,
            "--method",
            $"there is no method '{name}'",
            $"Use one of {string.Join(", ", _methods.Select(method => method.Name))}").ToException();

    private SegmentationOrder ReadOrder(ParseResult parsed, MethodCapabilities method)
    {
        SegmentationTask[] tasks = parsed.GetValue(_tasks) is { Length: > 0 } given ? given : [method.Tasks[0]];
        return new SegmentationOrder(_words.Read(parsed), tasks);
    }

    private static void Report(SegmentationResult document, string folder)
    {
        foreach (string warning in document.Warnings)
            Console.Error.WriteLine($"Warning: {warning}");
        double seconds = document.Timings.Sum(timing => timing.Seconds);
        TextWriter screen = StandardOutput.Is(folder) ? Console.Error : Console.Out;
        screen.WriteLine($"{document.Segments.Count} segments in {seconds:F1} s");
        foreach (IGrouping<string, ResultSegment> label in document.Segments.Where(s => s.Label.Length > 0).GroupBy(s => s.Label))
            screen.WriteLine($"  {label.Key}: {label.Count()} segments, {label.Sum(segment => segment.Area):N0} pixels");
        if (screen == Console.Out)
            screen.WriteLine($"results  {Path.Combine(folder, ResultWriter.ResultName)}");
    }
}
