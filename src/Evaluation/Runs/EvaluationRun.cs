using System.Diagnostics;
using System.Text.Json.Nodes;
using FrozenSeg.Evaluation.Runs.Datasets;
using FrozenSeg.Evaluation.Runs.Published;
using FrozenSeg.Evaluation.Runs.Reporting;
using FrozenSeg.Evaluation.Runs.Steps;
using FrozenSeg.Pipeline;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Evaluation.Runs;

/// <summary>
/// Runs a method over a dataset and measures it. Each picture's result is written as soon as it is found, whole or not
/// at all, so a run that was stopped, however it was stopped, goes on where it was.
/// </summary>
internal static class EvaluationRun
{
    /// <summary>Runs, measures and reports.</summary>
    /// <param name="order">What to run.</param>
    /// <param name="sessions">Makes the method's sessions.</param>
    /// <param name="progress">Told after every picture.</param>
    /// <param name="options">How to measure.</param>
    /// <returns>The report.</returns>
    /// <exception cref="SegmentationProblemException">The order, the dataset or a picture cannot be used.</exception>
    public static RunReport Run(
        RunOrder order, SessionFactory sessions, IProgress<RunProgress> progress, EvaluationOptions options)
    {
        IMethodBuilder builder = MethodFactory.Find(order.Method);
        return Run(
            order,
            builder.Capabilities,
            settings => MethodFactory.Create(order.Method, order.Models, settings, sessions),
            progress,
            options with { PicturesAtOnce = sessions.PicturesAtOnce });
    }

    /// <summary>The same with a method that is made by the caller.</summary>
    internal static RunReport Run(
        RunOrder order,
        MethodCapabilities capabilities,
        Func<IReadOnlyDictionary<string, string>, ISegmentationMethod> create,
        IProgress<RunProgress> progress,
        EvaluationOptions options)
    {
        var dataset = EvaluationDataset.Open(order);
        IReadOnlyList<RunPart> parts = RunPart.Of(dataset, capabilities.Tasks, order.Tasks);
        if (parts.Count == 0)
        {
            throw SegmentationProblem.InvalidRequest(
                "--task",
                $"{order.Method} answers {Names(capabilities.Tasks)}, and none of them can be measured on "
                    + $"{order.Dataset} as asked",
                "Choose another method or dataset");
        }

        IReadOnlyDictionary<string, string> settings = PublishedSettings.For(
            order.Dataset, order.Method, order.Settings);
        using ISegmentationMethod made = create(settings);
        RunRecord.Open(order.Out, Record(order, dataset, settings, parts), order.Resume);
        using var method = new RecordingMethod(made, order.Out);
        bool joinsSentences = settings.GetValueOrDefault("one_object") == "true";
        IRunStep[] steps =
            [.. parts.SelectMany(
                part => RunSteps.Of(dataset, part, Path.Combine(order.Out, part.Folder), joinsSentences))];
        Segment(steps, method, progress, options);
        return RunReport.Of(order, dataset, settings, RunMeasures.Measure(dataset, parts, order.Out, options));
    }

    private static void Segment(
        IRunStep[] steps, ISegmentationMethod method, IProgress<RunProgress> progress, EvaluationOptions options)
    {
        IRunStep[] left = [.. steps.Where(step => !step.IsDone)];
        int done = steps.Length - left.Length, worked = 0;
        progress.Report(new RunProgress(done, steps.Length, null));
        long start = Stopwatch.GetTimestamp();
        var reporting = new Lock();
        ImageReader reader = ImageReader.CreateDefault();
        SideBySide.Run(left, options.PicturesAtOnce, step =>
        {
            step.Work(reader, method, options.Cancellation);
            lock (reporting)
            {
                worked++;
                progress.Report(new RunProgress(
                    done + worked, steps.Length, Stopwatch.GetElapsedTime(start) / worked * (left.Length - worked)));
            }
        }, options.Cancellation);
    }

    private static JsonObject Record(
        RunOrder order,
        EvaluationDataset dataset,
        IReadOnlyDictionary<string, string> settings,
        IReadOnlyList<RunPart> parts) => new()
        {
            ["dataset"] = order.Dataset,
            ["root"] = Path.GetFullPath(order.Root),
            ["pictures"] = dataset.Pictures.Count,
            ["split"] = dataset.Split,
            ["method"] = order.Method,
            ["models"] = order.Models.ToString(),
            ["settings"] = new JsonObject(settings.OrderBy(setting => setting.Key, StringComparer.Ordinal)
                .Select(setting => KeyValuePair.Create<string, JsonNode?>(setting.Key, setting.Value))),
            ["vocabulary"] = dataset.Vocabulary?.ComputeFingerprint() ?? "",
            ["tasks"] = Names(parts.SelectMany(part => part.Tasks)),
        };

    private static string Names(IEnumerable<SegmentationTask> tasks) => string.Join(", ", tasks).ToLowerInvariant();
}
