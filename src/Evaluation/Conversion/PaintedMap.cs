using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Evaluation.Conversion;

/// <summary>Segments painted into one map, the surest on top.</summary>
/// <param name="Map">For each pixel the position of its segment in the document, plus one; 0 for none.</param>
/// <param name="Overpainted">Pixels that lie in several segments and so lost some.</param>
internal sealed record PaintedMap(LabelMap Map, int Overpainted)
{
    public static PaintedMap Of(SegmentationResult result)
    {
        var map = new LabelMap(result.Image.Height, result.Image.Width);
        int overpainted = 0;
        foreach ((ResultSegment segment, int position) in result.Segments.Select((segment, i) => (segment, i + 1)).OrderBy(entry => entry.segment.Score))
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

    /// <summary>Says what overlapping segments lost.</summary>
    public void Warn(string picture, List<string> warnings)
    {
        if (Overpainted > 0)
            warnings.Add($"{picture}: {Overpainted:N0} pixels lie in several segments; the surest keeps them");
    }
}
