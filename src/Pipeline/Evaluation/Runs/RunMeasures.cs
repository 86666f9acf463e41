using System.Text.Json;
using FrozenSeg.Pipeline.Evaluation.Formats;
using FrozenSeg.Pipeline.Evaluation.Instances;
using FrozenSeg.Pipeline.Evaluation.Panoptic;
using FrozenSeg.Pipeline.Evaluation.Recall;
using FrozenSeg.Pipeline.Evaluation.Referring;
using FrozenSeg.Pipeline.Evaluation.Semantic;
using FrozenSeg.Pipeline.Evaluation.Video;
using FrozenSeg.Pipeline.Files;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Pipeline.Evaluation.Runs;

/// <summary>Measures what a run left on disk, with the same code as <c>eval panoptic</c> and its neighbours.</summary>
internal static class RunMeasures
{
    /// <summary>The measures, in the order of the tasks.</summary>
    public static IReadOnlyList<Reports.Evaluation> Measure(EvaluationDataset dataset, IReadOnlyList<RunPart> parts, string folder, EvaluationOptions options)
    {
        EvaluationOptions limited = options with { Only = dataset.Names, TruthMaps = dataset.PanopticMaps };
        return [.. parts.SelectMany(part => part.Tasks.Select(task => Measure(dataset, task, Path.Combine(folder, part.Folder), limited)))];
    }

    private static Reports.Evaluation Measure(EvaluationDataset dataset, SegmentationTask task, string results, EvaluationOptions options) => task switch
    {
        SegmentationTask.Panoptic => PanopticEvaluation.Run(dataset.Panoptic!, results, dataset.Classes, options),
        SegmentationTask.Semantic => SemanticEvaluation.Run(dataset.Semantic!, results, dataset.Labels, options),
        SegmentationTask.Instance => InstanceEvaluation.Run(
            dataset.Instances!, results, dataset.Layout.IsFederated ? AveragePrecisionOptions.Lvis : AveragePrecisionOptions.Coco, options),
        SegmentationTask.Masks => RecallEvaluation.Run((dataset.Panoptic ?? dataset.Instances)!, results, dataset.Classes, options),
        _ when dataset.Videos.Count > 0 => Videos(dataset, results, options),
        _ => ReferringEvaluation.Run(dataset.Referring!, Gather(results), dataset.Split, options),
    };

    // Each person's descriptions are measured by themselves, then averaged.
    private static Reports.Evaluation Videos(EvaluationDataset dataset, string results, EvaluationOptions options)
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
        AtomicFile.Write(list, JsonSerializer.SerializeToUtf8Bytes(answers, CocoJsonContext.Default.ReferringAnswerArray));
        return list;
    }
}
