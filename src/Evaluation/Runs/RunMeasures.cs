using System.Text.Json;
using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Formats.Coco;
using FrozenSeg.Evaluation.Formats.References;
using FrozenSeg.Evaluation.Instances;
using FrozenSeg.Evaluation.Panoptic;
using FrozenSeg.Evaluation.Recall;
using FrozenSeg.Evaluation.Referring;
using FrozenSeg.Evaluation.Reports;
using FrozenSeg.Evaluation.Runs.Datasets;
using FrozenSeg.Evaluation.Semantic;
using FrozenSeg.Evaluation.Video;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Evaluation.Runs;

/// <summary>Measures what a run left on disk, with the same code as <c>eval panoptic</c> and its neighbours.</summary>
internal static class RunMeasures
{
    /// <summary>The measures, in the order of the tasks.</summary>
    public static IReadOnlyList<EvaluationReport> Measure(
        EvaluationDataset dataset, IReadOnlyList<RunPart> parts, string folder, EvaluationOptions options)
    {
        EvaluationOptions limited = options with { Only = dataset.ListNames(), TruthMaps = dataset.PanopticMaps };
        return [.. parts.SelectMany(
            part => part.Tasks.Select(task => Measure(dataset, task, Path.Combine(folder, part.Folder), limited)))];
    }

    private static EvaluationReport Measure(
        EvaluationDataset dataset, SegmentationTask task, string results, EvaluationOptions options) => task switch
        {
            SegmentationTask.Panoptic => PanopticEvaluation.Run(dataset.Panoptic!, results, dataset.Classes, options),
            SegmentationTask.Semantic => SemanticEvaluation.Run(dataset.Semantic!, results, dataset.Labels, options),
            SegmentationTask.Instance => InstanceEvaluation.Run(
                dataset.Instances!,
                results,
                dataset.Layout.IsFederated ? AveragePrecisionOptions.Lvis : AveragePrecisionOptions.Coco,
                options),
            SegmentationTask.Masks =>
                RecallEvaluation.Run((dataset.Panoptic ?? dataset.Instances)!, results, dataset.Classes, options),
            _ when dataset.Videos.Count > 0 => Videos(dataset, results, options),
            _ => ReferringEvaluation.Run(dataset.Referring!, Gather(results), dataset.Split, options),
        };

    // Each person's descriptions are measured by themselves, then averaged.
    private static EvaluationReport Videos(EvaluationDataset dataset, string results, EvaluationOptions options)
    {
        var rules = new VideoOptions { MatchObjects = true };
        return VideoReport.Mean([.. dataset.Videos.Select((person, i) => (
            $"anno_{i}",
            VideoEvaluation.Run(
                dataset.Frames!,
                Path.Combine(results, $"anno_{i}"),
                rules,
                options with { Only = person.Select(clip => Path.GetFileName(clip.Name)).ToHashSet() })))]);
    }

    // The answers of all steps as one list, which is what everybody else reads.
    private static string Gather(string folder)
    {
        string list = Path.Combine(folder, "..", "answers.json");
        ReferringAnswer[] answers = [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)
            .Select(file => JsonFile.Read(file, CocoJsonContext.Default.ReferringAnswer))];
        AtomicFile.Write(
            list, JsonSerializer.SerializeToUtf8Bytes(answers, CocoJsonContext.Default.ReferringAnswerArray));
        return list;
    }
}
