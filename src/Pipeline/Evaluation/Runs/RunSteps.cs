using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Pipeline.Evaluation.Runs;

/// <summary>The steps of a pass over a dataset.</summary>
internal static class RunSteps
{
    /// <param name="dataset">The dataset.</param>
    /// <param name="part">The pass.</param>
    /// <param name="folder">Folder of the pass.</param>
    public static IEnumerable<IRunStep> Of(EvaluationDataset dataset, RunPart part, string folder)
    {
        if (!part.Tasks.Contains(SegmentationTask.Referring))
            return dataset.Pictures.Select(picture => new PictureStep(picture, dataset.Vocabulary, part.Tasks, Path.Combine(folder, picture.Name)));

        Dictionary<string, DatasetPicture> pictures = dataset.Pictures.ToDictionary(picture => picture.Name);
        return
            from item in dataset.References()
            from sentence in item.Sentences
            select new ReferenceStep(
                pictures[Path.GetFileNameWithoutExtension(item.Image.Name)], item, sentence.Id, sentence.Text, Path.Combine(folder, $"{sentence.Id}.json"));
    }
}
