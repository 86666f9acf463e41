using System.CommandLine;
using FrozenSeg.Cli.Arguments;
using FrozenSeg.Evaluation;
using FrozenSeg.Evaluation.Reports;
using FrozenSeg.Evaluation.Runs;
using FrozenSeg.Evaluation.Runs.Reporting;
using FrozenSeg.Pipeline;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Cli.Evaluation;

/// <summary><c>frozenseg eval run</c>: a method over a dataset, measured and reported.</summary>
internal sealed class EvalRunCommand
{
    private readonly Option<string> _dataset = new("--dataset")
    {
        Description = "scenes, ade20k-150, coco, cityscapes, mapillary, bdd100k, voc-21, refcoco, ref-davis …",
        Required = true,
    };
    private readonly Option<string> _root = new("--root") { Description = "The dataset's folder", Required = true };
    private readonly Option<string> _method = new("--method")
    {
        Description = $"How to look: {string.Join(", ", MethodFactory.Methods.Select(method => method.Name))}",
        Required = true,
    };

    private readonly SettingOption _settings = new();
    private readonly Option<SegmentationTask[]> _tasks =
        new("--task")
        {
            Description = "Answers to measure; all that dataset and method share",
            AllowMultipleArgumentsPerToken = true,
        };
    private readonly Option<string?> _family = new("--models")
    {
        Description = "Family of networks for every role that no other option names, for instance nano",
    };
    private readonly Option<string?> _classes = new("--classes")
    {
        Description = "The classes, where the annotations do not name them",
    };
    private readonly Option<string?> _split =
        new("--split") { Description = "Part of a dataset of references: val, testA, testB …; val without it" };
    private readonly Option<int?> _limit = new("--limit")
    {
        Description = "Only the first pictures, of ref-davis the first videos",
    };
    private readonly Option<bool> _resume = new("--resume") { Description = "Go on with a run that was stopped" };
    private readonly Option<string?> _out =
        new("--out") { Description = "Folder for results and reports; eval-DATASET-METHOD without it" };
    private readonly Option<string?> _json = new("--json") { Description = "Write the report here too, as JSON" };
    private readonly ModelArguments _models = new();
    private readonly RuntimeArguments _runtime = new();
    private readonly PicturesArgument _pictures = new();

    /// <summary>The command below <c>eval</c>.</summary>
    public static Command Create()
    {
        var self = new EvalRunCommand();
        var command = new Command("run", "Run a method over a dataset, measure it and write a report")
        {
            self._dataset,
            self._root,
            self._method,
            self._family,
            self._tasks,
            self._classes,
            self._split,
            self._limit,
            self._resume,
            self._out,
            self._json,
        };
        self._settings.AddTo(command);
        self._models.AddTo(command);
        self._runtime.AddTo(command);
        self._pictures.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(() => self.Run(parsed, cancellation), cancellation));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        string dataset = parsed.GetRequiredValue(_dataset), method = parsed.GetRequiredValue(_method);
        int? limit = parsed.GetValue(_limit);
        if (limit < 1)
            throw SegmentationProblem.InvalidRequest("--limit", $"{limit} is not positive", "Use 1 or more");
        var order = new RunOrder
        {
            Dataset = dataset,
            Root = parsed.GetRequiredValue(_root),
            Method = method,
            Models = _models.Read(parsed).Or(parsed.GetValue(_family)),
            Settings = _settings.Read(parsed),
            Tasks = parsed.GetValue(_tasks) ?? [],
            Out = parsed.GetValue(_out) ?? $"eval-{dataset}-{method}",
            Classes = parsed.GetValue(_classes),
            Split = parsed.GetValue(_split),
            Limit = limit,
            Resume = parsed.GetValue(_resume),
        };
        RunReport report = RunProgressDisplay.Show(progress => EvaluationRun.Run(
            order, _runtime.CreateSessions(parsed, _pictures, limit ?? int.MaxValue), progress, new EvaluationOptions
            {
                Cancellation = cancellation,
            }));
        RunDocuments.Write(report, parsed.GetValue(_json));
        foreach (EvaluationReport evaluation in report.Measures)
        {
            Console.WriteLine(evaluation.Metric);
            Console.WriteLine(EvaluationText.Of(evaluation));
        }

        Console.WriteLine($"report   {Path.Combine(order.Out, "report.html")}");
        return 0;
    }
}
