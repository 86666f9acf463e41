using System.Text.Json;
using FrozenSeg.Pipeline.Foundation.Imaging.Png;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Evaluation.Conversion.Targets;

/// <summary><c>panoptic.json</c> and <c>panoptic/*.png</c>.</summary>
internal sealed class CocoPanopticConversion : IConversion
{
    /// <inheritdoc/>
    public string Name => "coco-panoptic";

    /// <inheritdoc/>
    public string FileOf(ResultImage picture) => Path.Combine("panoptic", PngOf(picture));

    /// <inheritdoc/>
    /// <remarks>An id is a colour of the map, where 0 is void.</remarks>
    public IEnumerable<SegmentationProblem> Problems(SegmentationResult result) =>
        result.Segments.GroupBy(segment => segment.Id)
            .Where(group => group.Key is <= 0 or > PanopticId.Max || group.Skip(1).Any())
            .Select(group => new SegmentationProblem(
                result.Image.Name,
                group.Key is > 0 and <= PanopticId.Max
                    ? $"several segments have the id {group.Key}"
                    : $"a segment has the id {group.Key}",
                $"Give each an id of its own, 1 to {PanopticId.Max:N0}"));

    /// <inheritdoc/>
    public IEnumerable<(string Path, byte[] Content)> Convert(ConversionSet set, ConversionNotes notes)
    {
        var annotations = new List<object>();
        for (int i = 0; i < set.Results.Count; i++)
        {
            SegmentationResult result = set.Results[i].Document;
            IReadOnlyList<ResultSegment> listed = set.Panoptic(i, notes);
            PaintedMap painted = PaintedMap.Of(result.Image, listed);
            painted.Warn(result.Image.Name, notes);
            PaintedSegment[] segments = painted.Segments(listed.Count);
            annotations.Add(new
            {
                image_id = i + 1,
                file_name = PngOf(result.Image),
                segments_info = listed.Zip(segments).Where(pair => pair.Second.Area > 0)
                    .Select(pair => Info(set, result, pair.First, pair.Second)).ToArray(),
            });
            int[] ids = [0, .. listed.Select(segment => segment.Id)];
            var map = new LabelMap(painted.Map.Height, painted.Map.Width, Array.ConvertAll(
                painted.Map.Labels.ToArray(), position => ids[position]));
            yield return (FileOf(result.Image), PanopticPng.Write(map));
            int hidden = segments.Count(segment => segment.Area == 0);
            if (hidden > 0)
                notes.Warn($"{result.Image.Name}: {hidden:N0} of {segments.Length:N0} segments are hidden by surer "
                    + "ones and left out");
        }

        yield return ("panoptic.json", JsonSerializer.SerializeToUtf8Bytes(new
        {
            images = CocoParts.Images(set),
            annotations,
            categories = CocoParts.Categories(set),
        }));
    }

    private static string PngOf(ResultImage picture) => Path.ChangeExtension(Path.GetFileName(picture.Name), ".png");

    // Area and box are those of the map: what a surer segment covers is not there.
    private static object Info(
        ConversionSet set, SegmentationResult result, ResultSegment segment, PaintedSegment painted) => new
        {
            id = segment.Id,
            category_id = set.ClassOf(result, segment).Id,
            area = painted.Area,
            bbox = painted.Box,
            iscrowd = 0,
            score = segment.Score,
        };
}
