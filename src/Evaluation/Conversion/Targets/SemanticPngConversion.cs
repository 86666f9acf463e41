using System.Text.Json;
using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Pipeline.Foundation.Imaging.Png;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Evaluation.Conversion.Targets;

/// <summary>
/// <c>semantic/*.png</c> of class indices and <c>classes.json</c>; a semantic map that is there is carried over as it
/// is.
/// </summary>
internal sealed class SemanticPngConversion : IConversion
{
    /// <inheritdoc/>
    public string Name => "semantic-png";

    /// <inheritdoc/>
    public string FileOf(ResultImage picture) =>
        Path.Combine("semantic", Path.ChangeExtension(Path.GetFileName(picture.Name), ".png"));

    /// <inheritdoc/>
    public IEnumerable<(string Path, byte[] Content)> Convert(ConversionSet set, ConversionNotes notes)
    {
        int none = ResultWriter.VoidLabel(set.Classes.Count);
        for (int i = 0; i < set.Results.Count; i++)
        {
            (string folder, SegmentationResult result) = set.Results[i];
            LabelMap map = result.Files.Semantic is string file
                ? CarryOver(set, result, Path.Combine(folder, file), none)
                : Paint(set, result, set.Panoptic(i, notes), none, notes);
            yield return (FileOf(result.Image), LabelMapPng.Write(map, largest: none));
        }

        yield return ("classes.json", JsonSerializer.SerializeToUtf8Bytes(new
        {
            classes = set.Classes.Select(category => new
            {
                index = category.Index,
                id = category.Id,
                name = category.Name,
                is_thing = category.IsThing,
            }),
        }));
    }

    private static LabelMap CarryOver(ConversionSet set, SegmentationResult result, string path, int none)
    {
        LabelMap map = LabelMapPng.Read(EvaluationFiles.Load(path), path);
        int[] indices =
            [.. result.Vocabulary.Select(entry => set.Classes.First(category => category.Name == entry.Name).Index)];
        return new LabelMap(
            map.Height,
            map.Width,
            Array.ConvertAll(map.Labels.ToArray(), label => label < indices.Length ? indices[label] : none));
    }

    private static LabelMap Paint(
        ConversionSet set,
        SegmentationResult result,
        IReadOnlyList<ResultSegment> segments,
        int none,
        ConversionNotes notes)
    {
        PaintedMap painted = PaintedMap.Of(result.Image, segments);
        painted.Warn(result.Image.Name, notes);
        int[] indices = [none, .. segments.Select(segment => set.ClassOf(result, segment).Index)];
        if (indices.Skip(1).Distinct().Count() < segments.Count)
            notes.Warn($"{result.Image.Name}: segments of one class become one area, and scores are lost");
        return new LabelMap(
            painted.Map.Height,
            painted.Map.Width,
            Array.ConvertAll(painted.Map.Labels.ToArray(), position => indices[position]));
    }
}
