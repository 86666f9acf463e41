using System.Diagnostics;
using System.Text.Json.Nodes;
using FrozenSeg.Pipeline.Imaging;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Pipeline.Runtime;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Pipeline.Evaluation.Runs;

/// <summary>
/// Runs a method over a dataset and measures it. Each picture's result is written before the next is begun, so a run that was
/// stopped, however it was stopped, goes on where it was.
/// </summary>
public static class EvaluationRun
{
    /// <summary>Runs, measures and reports.</summary>
    /// <param name="order">What to run.</param>
    /// <param name="sessions">Makes the method's sessions.</param>
    /// <param name="progress">Told after every picture.</param>
    /// <param name="options">How to measure.</param>
    /// <returns>The report.</returns>
    /// <exception cref="SegmentationProblemException">The order, the dataset or a picture cannot be used.</exception>
    public static RunReport Run(RunOrder order, SessionFactory sessions, IProgress<RunProgress> progress, EvaluationOptions options)
    {
        EvaluationDataset dataset = EvaluationDataset.Open(order.Dataset, order.Root, order.Classes, order.Limit);
        MethodCapabilities capabilities = MethodFactory.Find(order.Method).Capabilities;
        IReadOnlyList<RunPart> parts = RunPart.Of(dataset, capabilities.Tasks, order.Tasks);
        if (parts.Count == 0)
        {
            throw new SegmentationProblem(
                ProblemKind.InvalidRequest,
                "--task",
                $"{order.Method} answers {Names(capabilities.Tasks)}, and none of them can be measured on {order.Dataset} as asked",
                "Choose another method or dataset").ToException();
        }

        IReadOnlyDictionary<string, string> settings = PublishedSettings.For(order.Dataset, order.Method, order.Settings);
        using ISegmentationMethod method = MethodFactory.Create(order.Method, order.Models, settings, sessions);
        RunRecord.Open(order.Out, Record(order, dataset, settings, parts), order.Resume);
        Segment(dataset, parts, method, order, progress, options.Cancellation);
        return RunReport.Of(order, dataset, settings, RunMeasures.Measure(dataset, parts, order.Out, options with { Only = dataset.Names }));
    }

    private static void Segment(
        EvaluationDataset dataset, IReadOnlyList<RunPart> parts, ISegmentationMethod method, RunOrder order, IProgress<RunProgress> progress, CancellationToken cancellation)
    {
        IRunStep[] steps = [.. parts.SelectMany(part => RunSteps.Of(dataset, part, Path.Combine(order.Out, part.Folder)))];
        int done = steps.Count(step => step.IsDone), worked = 0;
        progress.Report(new RunProgress(done, steps.Length, null));
        long start = Stopwatch.GetTimestamp();
        ImageReader reader = ImageReader.CreateDefault();
        foreach (IRunStep step in steps.Where(step => !step.IsDone))
        {
            cancellation.ThrowIfCancellationRequested();
            step.Work(reader, method, cancellation);
            worked++;
            progress.Report(new RunProgress(
                done + worked, steps.Length, Stopwatch.GetElapsedTime(start) / worked * (steps.Length - done - worked)));
        }
    }

    private static JsonObject Record(
        RunOrder order, EvaluationDataset dataset, IReadOnlyDictionary<string, string> settings, IReadOnlyList<RunPart> parts) => new()
        {
            ["dataset"] = order.Dataset,
            ["root"] = Path.GetFullPath(order.Root),
            ["pictures"] = dataset.Pictures.Count,
            ["method"] = order.Method,
            ["models"] = order.Models.ToString(),
            ["settings"] = new JsonObject(settings.OrderBy(setting => setting.Key, StringComparer.Ordinal)
                .Select(setting => KeyValuePair.Create<string, JsonNode?>(setting.Key, setting.Value))),
            ["vocabulary"] = dataset.Vocabulary?.Fingerprint ?? "",
            ["tasks"] = Names(parts.SelectMany(part => part.Tasks)),
        };

    private static string Names(IEnumerable<SegmentationTask> tasks) => string.Join(", ", tasks).ToLowerInvariant();
}
