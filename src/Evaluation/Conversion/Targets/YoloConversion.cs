using System.Globalization;
using System.Text;
using FrozenSeg.Evaluation.Conversion.Outlines;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Evaluation.Conversion.Targets;

/// <summary>
/// YOLO's segmentation labels: <c>labels/*.txt</c>, a line for each segment with its class and one polygon in shares of
/// the picture, and <c>data.yaml</c>. The polygon runs through the middles of the border's pixels, since Ultralytics
/// fills it with its border. The form knows neither holes nor parts: they are joined by bridges without width.
/// </summary>
internal sealed class YoloConversion : IConversion
{
    /// <inheritdoc/>
    public string Name => "yolo-seg";

    /// <inheritdoc/>
    public bool HasPolygons => true;

    /// <inheritdoc/>
    public string FileOf(ResultImage picture) =>
        Path.Combine("labels", Path.ChangeExtension(Path.GetFileName(picture.Name), ".txt"));

    /// <inheritdoc/>
    public IEnumerable<(string Path, byte[] Content)> Convert(ConversionSet set, ConversionNotes notes)
    {
        foreach (SegmentationResult result in set.Results.Select(entry => entry.Document))
        {
            var lines = new StringBuilder();
            int joined = 0;
            foreach (ResultSegment segment in result.Segments)
            {
                BinaryMask mask = segment.Segmentation.Decode().ToMask();
                IReadOnlyList<MaskPart> parts = MaskOutlines.Of(mask);
                joined += parts.Count > 1 || parts[0].Holes.Count > 0 ? 1 : 0;
                IReadOnlyList<(int X, int Y)> polygon = Polygon(parts, set.Tolerance);
                notes.Compare(RingFill.Overlap(mask, RingFill.WithBorder([polygon], mask.Height, mask.Width)));
                Append(lines, set.ClassOf(result, segment).Index, polygon, result.Image);
            }

            if (joined > 0)
                notes.Warn($"{result.Image.Name}: {joined} segments have holes or parts, which are joined by bridges "
                    + "without width");
            yield return (FileOf(result.Image), Encoding.UTF8.GetBytes(lines.ToString()));
        }

        if (set.Results.Any(result => result.Document.Segments.Count > 0))
            notes.Warn("YOLO labels hold no scores: they are left out");
        yield return ("data.yaml", Encoding.UTF8.GetBytes(Yaml(set)));
    }

    /// <summary>One polygon through the border's pixels.</summary>
    internal static IReadOnlyList<(int X, int Y)> Polygon(IReadOnlyList<MaskPart> parts, double tolerance) => Join(
        [.. parts.SelectMany(part => part.Rings).Select(
            ring => RingSimplifier.Simplify(MaskPart.ThroughPixels(ring), tolerance))]);

    // One ring out of several: each further ring is walked from the corner that is nearest to what is there, and back.
    private static List<(int X, int Y)> Join(IReadOnlyList<IReadOnlyList<(int X, int Y)>> rings)
    {
        List<(int X, int Y)> joined = [.. rings[0]];
        foreach (IReadOnlyList<(int X, int Y)> ring in rings.Skip(1))
        {
            (int at, int first) = Nearest(joined, ring);
            joined.InsertRange(at + 1, [.. ring.Skip(first), .. ring.Take(first + 1), joined[at]]);
        }

        return joined;
    }

    private static (int Joined, int Ring) Nearest(List<(int X, int Y)> joined, IReadOnlyList<(int X, int Y)> ring)
    {
        (int, int) nearest = default;
        long least = long.MaxValue;
        for (int i = 0; i < joined.Count; i++)
        {
            for (int j = 0; j < ring.Count; j++)
            {
                long x = joined[i].X - ring[j].X, y = joined[i].Y - ring[j].Y, distance = (x * x) + (y * y);
                if (distance < least)
                    (nearest, least) = ((i, j), distance);
            }
        }

        return nearest;
    }

    // Readers cut the fraction of a pixel off, so the middle of a pixel is sure to become that pixel.
    private static void Append(
        StringBuilder lines, int index, IReadOnlyList<(int X, int Y)> polygon, ResultImage picture)
    {
        lines.Append(CultureInfo.InvariantCulture, $"{index}");
        foreach ((int x, int y) in polygon)
            lines.Append(
                CultureInfo.InvariantCulture,
                $" {(x + 0.5) / picture.Width:0.########} {(y + 0.5) / picture.Height:0.########}");
        lines.Append('\n');
    }

    private static string Yaml(ConversionSet set)
    {
        var text = new StringBuilder("path: .\ntrain: images\nval: images\nnames:\n");
        foreach (ConversionClass category in set.Classes)
            text.Append(
                CultureInfo.InvariantCulture,
                $"  {category.Index}: '{category.Name.Replace("'", "''", StringComparison.Ordinal)}'\n");
        return text.ToString();
    }
}
