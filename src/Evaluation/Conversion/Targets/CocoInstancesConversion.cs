using System.Text.Encodings.Web;
using System.Text.Json;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Evaluation.Conversion.Targets;

/// <summary>
/// <c>instances.json</c>, a dataset, and <c>results.json</c>, the same as scored detections. Masks stay run lengths.
/// </summary>
internal sealed class CocoInstancesConversion : IConversion
{
    private static readonly JsonSerializerOptions Style = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <inheritdoc/>
    public string Name => "coco-instances";

    /// <inheritdoc/>
    public IEnumerable<(string Path, byte[] Content)> Convert(ConversionSet set, ConversionNotes notes)
    {
        (int Image, ResultSegment Segment, ConversionClass Class)[] all =
        [
            .. set.Results.SelectMany((result, i) => set.Instances(i, notes).Select(
                segment => (i + 1, segment, set.ClassOf(result.Document, segment)))),
        ];
        yield return ("instances.json", JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                images = CocoParts.Images(set),
                annotations = all.Select((entry, i) => new
                {
                    id = i + 1,
                    image_id = entry.Image,
                    category_id = entry.Class.Id,
                    segmentation = Runs(entry.Segment),
                    area = entry.Segment.Area,
                    bbox = entry.Segment.Bbox,
                    iscrowd = 0,
                    score = entry.Segment.Score,
                }),
                categories = CocoParts.Categories(set),
            },
            Style));
        yield return ("results.json", JsonSerializer.SerializeToUtf8Bytes(
            all.Select(entry => new
            {
                image_id = entry.Image,
                category_id = entry.Class.Id,
                segmentation = Runs(entry.Segment),
                score = entry.Segment.Score,
            }),
            Style));
    }

    private static object Runs(ResultSegment segment) =>
        new { size = segment.Segmentation.Size, counts = segment.Segmentation.Counts };
}
