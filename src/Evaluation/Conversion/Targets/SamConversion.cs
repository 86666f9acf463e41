using System.Text.Json;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Evaluation.Conversion.Targets;

/// <summary>
/// <c>sam/*.json</c>: a list of masks a picture, as SAM's own script writes them with run lengths. A box is one less
/// wide and high than its mask, as there.
/// </summary>
internal sealed class SamConversion : IConversion
{
    /// <inheritdoc/>
    public string Name => "sam";

    /// <inheritdoc/>
    public string FileOf(ResultImage picture) =>
        Path.Combine("sam", Path.ChangeExtension(Path.GetFileName(picture.Name), ".json"));

    /// <inheritdoc/>
    public IEnumerable<(string Path, byte[] Content)> Convert(ConversionSet set, ConversionNotes notes)
    {
        foreach (SegmentationResult result in set.Results.Select(entry => entry.Document))
        {
            int foreign = result.Segments.Count(segment => segment.Sam is null);
            if (foreign > 0)
                notes.Warn(
                    $"{result.Image.Name}: {foreign} segments are not of SAM; their score stands for its estimate");
            if (result.Segments.Any(segment => segment.Category is not null))
                notes.Warn($"{result.Image.Name}: SAM's masks have no class, and classes are left out");
            yield return (FileOf(result.Image), JsonSerializer.SerializeToUtf8Bytes(result.Segments.Select(Record)));
        }
    }

    private static Dictionary<string, object> Record(ResultSegment segment)
    {
        BoxXywh box = segment.Segmentation.Decode().InclusiveBox().ToXywh();
        var record = new Dictionary<string, object>
        {
            ["segmentation"] = new { size = segment.Segmentation.Size, counts = segment.Segmentation.Counts },
            ["area"] = segment.Area,
            ["bbox"] = new[] { (int)box.X, (int)box.Y, (int)box.Width, (int)box.Height },
            ["predicted_iou"] = segment.Sam?.PredictedIoU ?? segment.Score,
        };
        // A prompted mask has neither a stability score nor a crop.
        if (segment.Sam?.StabilityScore is float stability)
            record["stability_score"] = stability;
        if (segment.Sam?.PointCoords is { } points)
            record["point_coords"] = points;
        if (segment.Sam?.CropBox is { } crop)
            record["crop_box"] = crop;
        return record;
    }
}
