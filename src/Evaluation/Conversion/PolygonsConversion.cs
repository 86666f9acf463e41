using System.Text.Json;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Evaluation.Conversion;

/// <summary>
/// <c>polygons.json</c>: GeoJSON features in pixels, a MultiPolygon for each segment with its holes. Rings run along the pixels'
/// edges, so filling them gives the masks back.
/// </summary>
internal sealed class PolygonsConversion : IConversion
{
    /// <inheritdoc/>
    public string Name => "polygons";

    /// <inheritdoc/>
    public IEnumerable<(string Path, byte[] Content)> Convert(ConversionSet set, List<string> warnings)
    {
        yield return ("polygons.json", JsonSerializer.SerializeToUtf8Bytes(new
        {
            type = "FeatureCollection",
            features = set.Results.SelectMany(result => result.Document.Segments.Select(segment => Feature(set, result.Document, segment))),
        }));
    }

    private static object Feature(ConversionSet set, SegmentationResult result, ResultSegment segment) => new
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
        },
        geometry = new
        {
            type = "MultiPolygon",
            coordinates = MaskOutlines.Of(segment.Segmentation.Decode().ToMask())
                .Select(part => part.Holes.Prepend(part.Exterior).Select(Ring).ToArray()).ToArray(),
        },
    };

    // GeoJSON repeats the first corner at the end.
    private static int[][] Ring(IReadOnlyList<(int X, int Y)> corners) =>
        [.. corners.Append(corners[0]).Select(corner => new[] { corner.X, corner.Y })];
}
