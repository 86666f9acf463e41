using System.Text.Json;
using FrozenSeg.Pipeline.Foundation.Imaging.Png;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Evaluation.Conversion;

/// <summary><c>panoptic.json</c> and <c>panoptic/*.png</c>.</summary>
internal sealed class CocoPanopticConversion : IConversion
{
    /// <inheritdoc/>
    public string Name => "coco-panoptic";

    /// <inheritdoc/>
    public IEnumerable<(string Path, byte[] Content)> Convert(ConversionSet set, List<string> warnings)
    {
        var annotations = new List<object>();
        for (int i = 0; i < set.Results.Count; i++)
        {
            SegmentationResult result = set.Results[i].Document;
            PaintedMap painted = PaintedMap.Of(result);
            painted.Warn(result.Image.Name, warnings);
            int[] areas = new int[result.Segments.Count + 1];
            foreach (int position in painted.Map.Labels)
                areas[position]++;
            string file = Path.ChangeExtension(Path.GetFileName(result.Image.Name), ".png");
            annotations.Add(new
            {
                image_id = i + 1,
                file_name = file,
                segments_info = result.Segments.Where((_, position) => areas[position + 1] > 0).Select(segment => Info(set, result, segment)).ToArray(),
            });
            int[] ids = [0, .. result.Segments.Select(segment => segment.Id)];
            var map = new LabelMap(painted.Map.Height, painted.Map.Width, Array.ConvertAll(painted.Map.Labels.ToArray(), position => ids[position]));
            yield return (Path.Combine("panoptic", file), PanopticPng.Write(map));
            foreach (ResultSegment hidden in result.Segments.Where((segment, position) => areas[position + 1] == 0 && segment.Area > 0))
                warnings.Add($"{result.Image.Name}: segment {hidden.Id} is hidden by surer ones and left out");
        }

        yield return ("panoptic.json", JsonSerializer.SerializeToUtf8Bytes(new
        {
            images = CocoParts.Images(set),
            annotations,
            categories = CocoParts.Categories(set),
        }));
    }

    private static object Info(ConversionSet set, SegmentationResult result, ResultSegment segment) => new
    {
        id = segment.Id,
        category_id = set.ClassOf(result, segment).Id,
        iscrowd = 0,
        score = segment.Score,
    };
}
