using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Evaluation.Conversion;

/// <summary>Segments painted into one map, the surest on top.</summary>
/// <param name="Map">For each pixel the position of its segment in the list, plus one; 0 for none.</param>
/// <param name="Overpainted">Pixels that lie in several segments and so lost some.</param>
internal sealed record PaintedMap(LabelMap Map, int Overpainted)
{
    /// <summary>Paints.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="segments">Its segments.</param>
    public static PaintedMap Of(ResultImage picture, IReadOnlyList<ResultSegment> segments)
    {
        var map = new LabelMap(picture.Height, picture.Width);
        int overpainted = 0;
        foreach ((ResultSegment segment, int position) in
            segments.Select((segment, i) => (segment, i + 1)).OrderBy(entry => entry.segment.Score))
        {
            BinaryMask mask = segment.Segmentation.Decode().ToMask();
            for (int i = 0; i < mask.Pixels.Length; i++)
            {
                if (mask.Pixels[i] == 0)
                    continue;
                overpainted += map.Labels[i] == 0 ? 0 : 1;
                map.Labels[i] = position;
            }
        }

        return new PaintedMap(map, overpainted);
    }

    /// <summary>What is left of each segment, in the list's order.</summary>
    /// <param name="count">Number of segments.</param>
    public PaintedSegment[] Segments(int count)
    {
        var areas = new int[count];
        // Left, top, right, bottom; the last two behind the segment.
        (int Left, int Top, int Right, int Bottom)[] edges =
            [.. Enumerable.Repeat((Map.Width, Map.Height, 0, 0), count)];
        for (int y = 0; y < Map.Height; y++)
        {
            for (int x = 0; x < Map.Width; x++)
            {
                int segment = Map[y, x] - 1;
                if (segment < 0)
                    continue;
                areas[segment]++;
                (int left, int top, int right, int bottom) = edges[segment];
                edges[segment] = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x + 1), Math.Max(bottom, y + 1));
            }
        }

        return [.. edges.Select((edge, i) => new PaintedSegment(
            areas[i],
            areas[i] == 0 ? [0, 0, 0, 0] : [edge.Left, edge.Top, edge.Right - edge.Left, edge.Bottom - edge.Top]))];
    }

    /// <summary>Says what overlapping segments lost.</summary>
    public void Warn(string picture, ConversionNotes notes)
    {
        if (Overpainted > 0)
            notes.Warn($"{picture}: {Overpainted:N0} pixels lie in several segments; the surest keeps them");
    }
}
