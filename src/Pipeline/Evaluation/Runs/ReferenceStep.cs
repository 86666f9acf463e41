using System.Text.Json;
using FrozenSeg.Pipeline.Evaluation.Formats;
using FrozenSeg.Pipeline.Evaluation.Referring;
using FrozenSeg.Pipeline.Files;
using FrozenSeg.Pipeline.Imaging;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Pipeline.Tensors.Kernels;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Pipeline.Evaluation.Runs;

/// <summary>Looks for what one expression means; its answer is a file of its own.</summary>
internal sealed class ReferenceStep(DatasetPicture picture, ReferringItem item, string sentenceId, string sentence, string file) : IRunStep
{
    /// <inheritdoc/>
    public bool IsDone => File.Exists(file);

    /// <inheritdoc/>
    public void Work(ImageReader reader, ISegmentationMethod method, CancellationToken cancellation)
    {
        Picture read = reader.ReadPicture(picture.Path);
        var order = new SegmentationOrder(
            new Vocabulary("expression", [new Category(0, [sentence], CategoryKind.Thing)]), [SegmentationTask.Referring]);
        SegmentationOutcome outcome = method.Segment(read.Pixels, order, null, cancellation);
        RunLengthEncoding? answer = null;
        foreach (ResultSegment segment in outcome.Segments)
            answer = answer is null ? segment.Segmentation.Decode() : RunLengths.Union(answer, segment.Segmentation.Decode());
        AtomicFile.Write(file, JsonSerializer.SerializeToUtf8Bytes(
            new ReferringAnswer
            {
                SentId = item.Sentences.Count > 0 ? sentenceId : null,
                RefId = item.Id,
                Segmentation = answer is null || answer.Area == 0 ? null : CocoSegmentation.From(MaskRle.From(answer)),
            },
            CocoJsonContext.Default.ReferringAnswer));
    }
}
