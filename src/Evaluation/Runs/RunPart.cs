using FrozenSeg.Evaluation.Runs.Datasets;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Evaluation.Runs;

/// <summary>
/// One pass over the pictures: the answers that come from one call of the method, and the folder they go to.
/// </summary>
/// <param name="Folder">Its name below the run's folder.</param>
/// <param name="Tasks">The answers.</param>
internal sealed record RunPart(string Folder, IReadOnlyList<SegmentationTask> Tasks)
{
    /// <summary>
    /// The passes that measure what dataset and method share. Panoptic, semantic and instance answers come from one
    /// call.
    /// </summary>
    public static IReadOnlyList<RunPart> Of(
        EvaluationDataset dataset, IReadOnlyList<SegmentationTask> offered, IReadOnlyList<SegmentationTask> asked)
    {
        SegmentationTask[] wanted = [.. Measurable(dataset).Where(
            task => offered.Contains(task) && (asked.Count == 0 || asked.Contains(task)))];
        RunPart[] parts =
        [
            new("pictures", [.. wanted.Where(
                task => task is SegmentationTask.Panoptic or SegmentationTask.Semantic or SegmentationTask.Instance)]),
            new("masks", [.. wanted.Where(task => task is SegmentationTask.Masks)]),
            new(
                dataset.Videos.Count > 0 ? "videos" : "references",
                [.. wanted.Where(task => task is SegmentationTask.Referring)]),
        ];
        return [.. parts.Where(part => part.Tasks.Count > 0)];
    }

    private static IEnumerable<SegmentationTask> Measurable(EvaluationDataset dataset)
    {
        if (dataset.Panoptic is not null)
            yield return SegmentationTask.Panoptic;
        if (dataset.Semantic is not null)
            yield return SegmentationTask.Semantic;
        if (dataset.Instances is not null)
            yield return SegmentationTask.Instance;
        if (dataset.Instances is not null || dataset.Panoptic is not null)
            yield return SegmentationTask.Masks;
        if (dataset.Referring is not null || dataset.Frames is not null)
            yield return SegmentationTask.Referring;
    }
}
