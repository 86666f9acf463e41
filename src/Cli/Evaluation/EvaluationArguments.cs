using System.CommandLine;
using FrozenSeg.Evaluation;
using FrozenSeg.Evaluation.Reports;
using FrozenSeg.Pipeline.Foundation.Files;

namespace FrozenSeg.Cli.Evaluation;

/// <summary>The options every measure has: what to compare, how, and where the report goes.</summary>
/// <param name="truthHelp">What <c>--gt</c> is.</param>
/// <param name="predictionHelp">What <c>--pred</c> is.</param>
internal sealed class EvaluationArguments(string truthHelp, string predictionHelp)
{
    private readonly Option<string> _truth = new("--gt") { Description = truthHelp, Required = true };
    private readonly Option<string> _prediction = new("--pred") { Description = predictionHelp, Required = true };
    private readonly Option<string?> _json = new("--json") { Description = "Write the report here, as JSON" };
    private readonly Option<int> _threads = new("--threads")
    {
        Description = "CPU threads; 0 takes every core",
        DefaultValueFactory = _ => 0,
    };

    /// <summary>Makes the command of a measure.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it measures.</param>
    /// <param name="own">Options of its own.</param>
    /// <param name="measure">Measures with the paths of annotations and predictions.</param>
    public Command Command(
        string name,
        string description,
        IEnumerable<Option> own,
        Func<ParseResult, string, string, EvaluationOptions, EvaluationReport> measure)
    {
        var command = new Command(name, description) { _truth, _prediction, _json, _threads };
        foreach (Option option in own)
            command.Add(option);
        command.SetAction(
            (parsed, cancellation) => Task.Run(() => Run(parsed, name, measure, cancellation), cancellation));
        return command;
    }

    private int Run(
        ParseResult parsed,
        string name,
        Func<ParseResult, string, string, EvaluationOptions, EvaluationReport> measure,
        CancellationToken cancellation)
    {
        EvaluationReport evaluation = ProgressDisplay.Run($"eval {name}", progress => measure(
            parsed,
            parsed.GetRequiredValue(_truth),
            parsed.GetRequiredValue(_prediction),
            new EvaluationOptions
            {
                Threads = parsed.GetValue(_threads) is > 0 and int threads ? threads : Environment.ProcessorCount,
                Progress = progress,
                Cancellation = cancellation,
            }));
        if (parsed.GetValue(_json) is string path)
            AtomicFile.Write(path, EvaluationJson.Write(EvaluationJson.ToJson(evaluation)));
        foreach (string warning in evaluation.Warnings)
            Console.Error.WriteLine($"Warning: {warning}");
        Console.WriteLine(EvaluationText.Of(evaluation));
        if (parsed.GetValue(_json) is string written)
            Console.WriteLine($"report   {written}");
        return 0;
    }
}
