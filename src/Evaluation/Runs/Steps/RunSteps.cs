using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Formats.References;
using FrozenSeg.Evaluation.Referring;
using FrozenSeg.Evaluation.Runs.Datasets;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Evaluation.Runs.Steps;

/// <summary>The steps of a pass over a dataset.</summary>
internal static class RunSteps
{
    /// <param name="dataset">The dataset.</param>
    /// <param name="part">The pass.</param>
    /// <param name="folder">Folder of the pass.</param>
    /// <param name="joinsSentences">Whether all expressions of an object are looked for at once.</param>
    public static IEnumerable<IRunStep> Of(EvaluationDataset dataset, RunPart part, string folder, bool joinsSentences)
    {
        if (!part.Tasks.Contains(SegmentationTask.Referring))
            return dataset.Pictures.Select(picture => new PictureStep(
                picture, dataset.Vocabulary, part.Tasks, Path.Combine(folder, picture.Name)));
        if (dataset.Videos.Count > 0)
            return dataset.Videos.SelectMany(person => person)
                .SelectMany(clip => clip.Frames.Select(frame => new VideoFrameStep(clip, frame, folder)));

        Dictionary<string, DatasetPicture> pictures = dataset.Pictures.ToDictionary(picture => picture.Name);
        return dataset.References()
            .SelectMany(item => Steps(item, pictures[PictureNames.Of(item.Image.Name)], folder, joinsSentences));
    }

    private static IEnumerable<ReferenceStep> Steps(
        ReferringItem item, DatasetPicture picture, string folder, bool joinsSentences) => joinsSentences
        ? [new ReferenceStep(picture, item.Sentences.Select(sentence => sentence.Text), new ReferringAnswer
        {
            RefId = item.Id,
        }, Path.Combine(folder, $"{item.Id}.json"))]
        : item.Sentences.Select(sentence => new ReferenceStep(
            picture, [sentence.Text], new ReferringAnswer
            {
                SentId = sentence.Id,
                RefId = item.Id,
            }, Path.Combine(folder, $"{sentence.Id}.json")));
}
