using System.Text.Json;
using FrozenSeg.Pipeline.Evaluation.Formats;
using FrozenSeg.Pipeline.Evaluation.Instances;
using FrozenSeg.Pipeline.Evaluation.Panoptic;
using FrozenSeg.Pipeline.Evaluation.Recall;
using FrozenSeg.Pipeline.Evaluation.Referring;
using FrozenSeg.Pipeline.Evaluation.Semantic;
using FrozenSeg.Pipeline.Files;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Pipeline.Evaluation.Runs;

/// <summary>Measures what a run left on disk, with the same code as <c>eval panoptic</c> and its neighbours.</summary>
internal static class RunMeasures
{
    /// <summary>A measure and the folder with the results it was taken from.</summary>
    public static IReadOnlyList<(Reports.Evaluation Evaluation, string Folder)> Measure(
        EvaluationDataset dataset, IReadOnlyList<RunPart> parts, string folder, EvaluationOptions options)
    {
        var measures = new List<(Reports.Evaluation, string)>();
        foreach (RunPart part in parts)
        {
            string results = Path.Combine(folder, part.Folder);
            foreach (SegmentationTask task in part.Tasks)
                measures.Add((Measure(dataset, task, results, options), results));
        }

        return measures;
    }

    private static Reports.Evaluation Measure(EvaluationDataset dataset, SegmentationTask task, string results, EvaluationOptions options) => task switch
    {
        SegmentationTask.Panoptic => PanopticEvaluation.Run(dataset.Panoptic!, results, dataset.Classes, options),
        SegmentationTask.Semantic => SemanticEvaluation.Run(dataset.Semantic!, results, dataset.Labels, options),
        SegmentationTask.Instance => InstanceEvaluation.Run(
            dataset.Instances!, results, dataset.Layout.IsFederated ? AveragePrecisionOptions.Lvis : AveragePrecisionOptions.Coco, options),
        SegmentationTask.Masks => RecallEvaluation.Run((dataset.Panoptic ?? dataset.Instances)!, results, dataset.Classes, options),
        _ => ReferringEvaluation.Run(dataset.Referring!, Gather(results), null, options),
    };

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
