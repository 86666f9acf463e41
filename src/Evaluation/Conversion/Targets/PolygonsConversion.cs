using System.Text.Json;
using FrozenSeg.Evaluation.Conversion.Outlines;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Evaluation.Conversion.Targets;

/// <summary>
/// <c>polygons.json</c>: GeoJSON features in pixels, a MultiPolygon for each segment with its holes. Rings run along
/// the pixels' edges, so filling them gives the masks back, but for what a tolerance leaves out.
/// </summary>
internal sealed class PolygonsConversion : IConversion
{
    /// <inheritdoc/>
    public string Name => "polygons";

    /// <inheritdoc/>
    public bool HasPolygons => true;

    /// <inheritdoc/>
    public IEnumerable<(string Path, byte[] Content)> Convert(ConversionSet set, ConversionNotes notes)
    {
        yield return ("polygons.json", JsonSerializer.SerializeToUtf8Bytes(new
        {
            type = "FeatureCollection",
            features = set.Results.SelectMany(
                result => result.Document.Segments.Select(segment => Feature(set, result.Document, segment, notes))),
        }));
    }

    private static object Feature(
        ConversionSet set, SegmentationResult result, ResultSegment segment, ConversionNotes notes)
    {
        BinaryMask mask = segment.Segmentation.Decode().ToMask();
        IReadOnlyList<(int X, int Y)>[][] parts = [.. MaskOutlines.Of(mask).Select(
            part => part.Rings.Select(ring => RingSimplifier.Simplify(ring, set.Tolerance)).ToArray())];
        double overlap = 1;
        if (set.Tolerance > 0)
        {
            overlap = RingFill.Overlap(
                mask, RingFill.Centres([.. parts.SelectMany(rings => rings)], mask.Height, mask.Width));
            notes.Compare(overlap);
        }

        return new
        {
            type = "Feature",
            properties = new
            {
                image = result.Image.Name,
                width = result.Image.Width,
                height = result.Image.Height,
                segment = segment.Id,
                label = set.ClassOf(result, segment).Name,
                prompt = segment.Prompt,
                score = segment.Score,
                iou = overlap,
            },
            geometry = new
            {
                type = "MultiPolygon",
                coordinates = parts.Select(rings => rings.Select(Ring).ToArray()).ToArray(),
            },
        };
    }

    // GeoJSON repeats the first corner at the end.
    private static int[][] Ring(IReadOnlyList<(int X, int Y)> corners) =>
        [.. corners.Append(corners[0]).Select(corner => new[] { corner.X, corner.Y })];
}
