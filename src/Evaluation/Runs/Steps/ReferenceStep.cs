using System.Text.Json;
using FrozenSeg.Evaluation.Formats.Coco;
using FrozenSeg.Evaluation.Formats.References;
using FrozenSeg.Evaluation.Runs.Datasets;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Regions;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Evaluation.Runs.Steps;

/// <summary>Looks for what expressions mean, one or all of an object; the answer is a file of its own.</summary>
/// <param name="picture">The picture.</param>
/// <param name="sentences">The expressions.</param>
/// <param name="answer">The answer without its mask.</param>
/// <param name="file">Where it goes.</param>
internal sealed class ReferenceStep(
    DatasetPicture picture, IEnumerable<string> sentences, ReferringAnswer answer, string file) : IRunStep
{
    /// <inheritdoc/>
    public bool IsDone => File.Exists(file);

    /// <inheritdoc/>
    public void Work(ImageReader reader, ISegmentationMethod method, CancellationToken cancellation)
    {
        RunLengthEncoding? found = Find(reader, method, cancellation);
        AtomicFile.Write(file, JsonSerializer.SerializeToUtf8Bytes(
            answer with
            {
                Segmentation = found is null || found.Area == 0 ? null : CocoSegmentation.From(MaskRle.From(found)),
            },
            CocoJsonContext.Default.ReferringAnswer));
    }

    private RunLengthEncoding? Find(ImageReader reader, ISegmentationMethod method, CancellationToken cancellation)
    {
        // People wrote some expressions twice, and a few without a word.
        string[] texts =
            [.. sentences.Where(text => text.Any(char.IsLetterOrDigit)).Distinct(StringComparer.OrdinalIgnoreCase)];
        if (texts.Length == 0)
            return null;
        Picture read = reader.ReadPicture(picture.Path);
        var order = new SegmentationOrder(
            new Vocabulary("expressions", [.. texts.Select((text, i) => new Category(i, [text], CategoryKind.Thing))]),
            [SegmentationTask.Referring]);
        RunLengthEncoding? found = null;
        foreach (ResultSegment segment in method.Segment(read.Pixels, order, null, cancellation).Segments)
            found = found is null
                ? segment.Segmentation.Decode()
                : RunLengths.Union(found, segment.Segmentation.Decode());
        return found;
    }
}
