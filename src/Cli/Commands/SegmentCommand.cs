using System.CommandLine;
using FrozenSeg.Cli.Arguments;
using FrozenSeg.Cli.Pictures;
using FrozenSeg.Pipeline;
using FrozenSeg.Pipeline.Families.ClipAsRnn;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Cli.Commands;

/// <summary><c>frozenseg segment</c>: finds in a picture what words name, with any of the methods.</summary>
internal sealed class SegmentCommand
{
    private readonly PictureArguments _pictures = new();
    private readonly Option<string> _out = new("--out")
    {
        Description = "Folder for the results, of several pictures a folder each below it; - prints result.json alone",
        Required = true,
    };

    private readonly Option<SegmentationTask[]> _tasks = new("--task")
    {
        Description = "Answers wanted: masks, panoptic, semantic, instance, referring",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _method = new("--method");
    private readonly VocabularyArguments _words = new();
    private readonly ModelArguments _models = new();
    private readonly RuntimeArguments _runtime = new();
    private readonly SettingOption _settings = new();
    private readonly MethodArguments[] _methods = CreateMethods();

    private SegmentCommand()
    {
        _method.Description = $"How to look: {string.Join(", ", _methods.Select(method => method.Name))}. Default: "
            + $"what fits the words and the answers wanted";
    }

    /// <summary>The command for the root.</summary>
    public static Command Create()
    {
        var self = new SegmentCommand();
        var command = new Command("segment", "Find in pictures what words name")
        {
            self._method, self._tasks, self._out,
        };
        self._pictures.AddTo(command);
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
        string? prompts = _words.Prompts(parsed);
        Vocabulary? words = _words.Read(parsed, prompts);
        SegmentationTask[] tasks = parsed.GetValue(_tasks) ?? [];
        MethodArguments arguments = FindMethod(parsed.GetValue(_method) ?? MethodOf(parsed) ?? MethodFactory.Choose(
            _models.Read(parsed), words is not null, tasks));
        MethodCapabilities capabilities = MethodFactory.Find(arguments.Name).Capabilities;
        CheckTasks(capabilities, tasks);
        CheckWords(capabilities, words);
        var order = new SegmentationOrder(words, tasks.Length > 0 ? tasks : [capabilities.Tasks[0]]);
        PictureList pictures = _pictures.Read(parsed);
        PictureSegmenter segmenter = _pictures.Segmenter(parsed);
        string folder = parsed.GetRequiredValue(_out);
        _pictures.CheckTarget(parsed, pictures, folder);
        if (!StandardOutput.Is(folder))
            OutputPlace.CheckFolder(folder);
        Dictionary<string, string> settings = Settings(parsed, arguments);
        SessionFactory sessions = _runtime.CreateSessions(parsed, _pictures.AtOnce, pictures.Jobs.Count);
        using var library = new ModelLibrary(_models.Read(parsed), sessions);
        using ISegmentationMethod method = MethodFactory.Create(arguments.Name, library, settings);
        var work = new PictureWork(
            method.Name, Segment, place => Path.Combine(place, ResultWriter.ResultName), document => Report(
                document, folder));
        return _pictures.Run(
            parsed,
            pictures,
            sessions.PicturesAtOnce,
            folder,
            RequestParts(library, method, order, prompts, settings),
            work,
            cancellation);

        SegmentationResult Segment(string path, string target, IProgress<double> progress)
        {
            IReadOnlyList<string> forewarnings = [];
            (ResultImage description, PixelImage? pixels, SegmentationOutcome outcome) = segmenter.Segment(
                path,
                method,
                order,
                image => Warn(forewarnings = method.Forewarnings(image, order)),
                progress,
                cancellation);
            SegmentationResult found = ResultWriter.Document(
                description, method.Name, order, prompts, outcome, pixels is null ? [] : null);
            if (StandardOutput.Is(target))
                StandardOutput.Write(ResultJsonContext.Write(found));
            else
                ResultWriter.Write(target, pixels, found, outcome);
            Warn(found.Warnings.Except(forewarnings));
            return found;
        }
    }

    // Everything that shapes a result besides its picture.
    private static IEnumerable<string?> RequestParts(
        ModelLibrary library,
        ISegmentationMethod method,
        SegmentationOrder order,
        string? prompts,
        Dictionary<string, string> settings) =>
    [
        library.Fingerprint, method.Name, string.Join(',', order.Tasks), prompts, order.Vocabulary?.Name,
        .. settings.OrderBy(setting => setting.Key, StringComparer.Ordinal)
            .Select(setting => $"{setting.Key}={setting.Value}"),
    ];

    // What an option says, --set may overrule. An option of another method would do nothing, so it is a mistake.
    private Dictionary<string, string> Settings(ParseResult parsed, MethodArguments chosen)
    {
        SegmentationProblem[] foreign =
        [
            .. from method in _methods
               from option in method.Options.Except(chosen.Options)
               where parsed.GetResult(option) is { Implicit: false }
               select new SegmentationProblem(
                   option.Name,
                   $"it belongs to --method {method.Name}, and this is {chosen.Name}",
                   "Leave it out"),
        ];
        if (foreign.Length > 0)
            throw new SegmentationProblemException([.. foreign.DistinctBy(problem => problem.Where)]);
        return chosen.Settings(parsed, _settings);
    }

    private static MethodArguments[] CreateMethods()
    {
        var known = new Dictionary<string, Option>(StringComparer.Ordinal);
        return
        [
            .. MethodFactory.Methods.Select(method => method.Name is CarMethod.MethodName
                ? new CarMethodArguments(known)
                : new MethodArguments(MethodFactory.Find(method.Name), known)),
        ];
    }

    private MethodArguments FindMethod(string name) =>
        _methods.FirstOrDefault(method => method.Name == name) ?? throw SegmentationProblem.InvalidRequest(
            "--method",
            $"there is no method '{name}'",
            $"Use one of {string.Join(", ", _methods.Select(method => method.Name))}");

    // An option that belongs to one method alone says which is meant.
    private string? MethodOf(ParseResult parsed)
    {
        string[] meant =
        [
            .. _methods.Where(method => method.Options.Any(option => parsed.GetResult(option) is { Implicit: false }))
                .Select(method => method.Name),
        ];
        return meant.Length == 1 ? meant[0] : null;
    }

    private static void CheckTasks(MethodCapabilities method, SegmentationTask[] tasks)
    {
        SegmentationTask[] foreign = [.. tasks.Except(method.Tasks)];
        if (foreign.Length > 0)
        {
            throw SegmentationProblem.InvalidRequest(
                "--task",
                $"{method.Name} does not answer {string.Join(" or ", foreign).ToLowerInvariant()}",
                $"Ask for {string.Join(" or ", method.Tasks).ToLowerInvariant()}, "
                    + $"{(method.NeedsWords ? "" : "say what to look for with --prompts, ")}or use another --method");
        }
    }

    // Words that nothing looks at would be answered by silence.
    private static void CheckWords(MethodCapabilities method, Vocabulary? words)
    {
        if (method.NeedsWords == words is not null)
            return;
        throw (method.NeedsWords
            ? new SegmentationProblem(
                "--prompts",
                $"{method.Name} needs to know what to look for",
                "Give --prompts or --vocabulary")
            : new SegmentationProblem(
                "--prompts",
                $"{method.Name} finds masks without classes and takes no words",
                "Leave them out, or leave --method out"))
            .ToException();
    }

    private static void Warn(IEnumerable<string> warnings)
    {
        foreach (string warning in warnings)
            Console.Error.WriteLine($"Warning: {warning}");
    }

    private static void Report(SegmentationResult document, string folder)
    {
        double seconds = document.Timings.Sum(timing => timing.Seconds);
        TextWriter screen = StandardOutput.Is(folder) ? Console.Error : Console.Out;
        screen.WriteLine($"{Counted.Of(document.Segments.Count, "segment")} in {seconds:F1} s");
        foreach (IGrouping<string, ResultSegment> label in document.Segments.Where(s => s.Label.Length > 0).GroupBy(
            s => s.Label))
            screen.WriteLine(
                $"  {label.Key}: {Counted.Of(label.Count(), "segment")}, "
                    + $"{label.Sum(segment => segment.Area):N0} pixels");
        if (screen == Console.Out)
            screen.WriteLine($"results  {Path.Combine(folder, ResultWriter.ResultName)}");
    }
}
