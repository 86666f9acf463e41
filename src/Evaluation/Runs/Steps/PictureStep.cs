using FrozenSeg.Evaluation.Runs.Datasets;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Evaluation.Runs.Steps;

/// <summary>
/// Segments one picture with the dataset's vocabulary; its result is a folder as <c>segment</c> writes it.
/// </summary>
internal sealed class PictureStep(
    DatasetPicture picture, Vocabulary? vocabulary, IReadOnlyList<SegmentationTask> tasks, string folder) : IRunStep
{
    /// <inheritdoc/>
    public bool IsDone => File.Exists(Path.Combine(folder, ResultWriter.ResultName));

    /// <inheritdoc/>
    public void Work(ImageReader reader, ISegmentationMethod method, CancellationToken cancellation)
    {
        Picture read = reader.ReadPicture(picture.Path);
        // The dataset's words are no use to a method that finds masks only.
        var order = new SegmentationOrder(tasks.All(task => task is SegmentationTask.Masks) ? null : vocabulary, tasks);
        SegmentationOutcome outcome = method.Segment(read.Pixels, order, null, cancellation);
        SegmentationResult document = ResultWriter.Document(read.Description, method.Name, order, null, outcome);
        ResultWriter.Write(folder, read.Pixels, document, outcome);
    }
}
