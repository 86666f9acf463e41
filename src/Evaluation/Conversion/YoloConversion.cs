using System.Globalization;
using System.Text;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Evaluation.Conversion;

/// <summary>
/// YOLO's segmentation labels: <c>labels/*.txt</c>, a line for each segment with its class and one polygon in shares of the picture,
/// and <c>data.yaml</c>. The form knows neither holes nor parts: they are joined by bridges without width.
/// </summary>
internal sealed class YoloConversion : IConversion
{
    /// <inheritdoc/>
    public string Name => "yolo-seg";

    /// <inheritdoc/>
    public IEnumerable<(string Path, byte[] Content)> Convert(ConversionSet set, List<string> warnings)
    {
        foreach (SegmentationResult result in set.Results.Select(entry => entry.Document))
        {
            var lines = new StringBuilder();
            int joined = 0;
            foreach (ResultSegment segment in result.Segments.Where(segment => segment.Area > 0))
            {
                IReadOnlyList<MaskPart> parts = MaskOutlines.Of(segment.Segmentation.Decode().ToMask());
                joined += parts.Count > 1 || parts[0].Holes.Count > 0 ? 1 : 0;
                lines.Append(CultureInfo.InvariantCulture, $"{set.ClassOf(result, segment).Index}");
                foreach ((int x, int y) in Join([.. parts.SelectMany(part => part.Holes.Prepend(part.Exterior))]))
                    lines.Append(CultureInfo.InvariantCulture, $" {(double)x / result.Image.Width:0.########} {(double)y / result.Image.Height:0.########}");
                lines.Append('\n');
            }

            if (joined > 0)
                warnings.Add($"{result.Image.Name}: {joined} segments have holes or parts, which are joined by bridges without width");
            yield return (Path.Combine("labels", Path.ChangeExtension(Path.GetFileName(result.Image.Name), ".txt")), Encoding.UTF8.GetBytes(lines.ToString()));
        }

        if (set.Results.Any(result => result.Document.Segments.Count > 0))
            warnings.Add("YOLO labels hold no scores: they are left out");
        yield return ("data.yaml", Encoding.UTF8.GetBytes(Yaml(set)));
    }

    /// <summary>One ring out of several: each further ring is walked from the nearest corner of what is there, and back.</summary>
    internal static IReadOnlyList<(int X, int Y)> Join(IReadOnlyList<IReadOnlyList<(int X, int Y)>> rings)
    {
        List<(int X, int Y)> joined = [.. rings[0]];
        foreach (IReadOnlyList<(int X, int Y)> ring in rings.Skip(1))
        {
            int at = Enumerable.Range(0, joined.Count).MinBy(i => Math.Abs(joined[i].X - ring[0].X) + Math.Abs(joined[i].Y - ring[0].Y));
            joined.InsertRange(at + 1, [.. ring, ring[0], joined[at]]);
        }

        return joined;
    }

    private static string Yaml(ConversionSet set)
    {
        var text = new StringBuilder("path: .\ntrain: images\nval: images\nnames:\n");
        foreach (ConversionClass category in set.Classes)
            text.Append(CultureInfo.InvariantCulture, $"  {category.Index}: '{category.Name.Replace("'", "''", StringComparison.Ordinal)}'\n");
        return text.ToString();
    }
}
