using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Formats.Coco;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Evaluation.Recall;

/// <summary>Predicted masks, whatever their class: a COCO results file, or what <c>segment</c> wrote.</summary>
internal sealed class RecallProposals
{
    private readonly string _source;
    private readonly ILookup<string, CocoAnnotation>? _byKey;
    private readonly IReadOnlyDictionary<string, (ResultFile File, SegmentationResult Result)>? _byName;

    /// <exception cref="SegmentationProblemException">The file is missing or of another form.</exception>
    public RecallProposals(string path, ProblemLog problems)
    {
        _source = path;
        if (ResultSet.IsAt(path))
            _byName = ResultSet.Read(path, problems);
        else
            _byKey = JsonFile.Read(path, CocoJsonContext.Default.CocoAnnotationArray)
                .ToLookup(detection => detection.ImageId ?? "");
    }

    /// <summary>Notes pictures without a result, and masks of pictures that are not annotated.</summary>
    public void Check(IReadOnlyList<RecallPicture> pictures, ProblemLog problems)
    {
        if (_byName is not null)
        {
            foreach (RecallPicture missing in pictures.Where(picture => !_byName.ContainsKey(picture.Name)))
                problems.Add(
                    $"{_source}, image {missing.Key}",
                    $"there is no result for the picture '{missing.Name}'",
                    "Segment it");
            return;
        }

        HashSet<string> keys = [.. pictures.Select(picture => picture.Key)];
        foreach (IGrouping<string, CocoAnnotation> extra in _byKey!.Where(group => !keys.Contains(group.Key)))
            problems.Add($"{_source}, image {extra.Key}", "the image is not among the annotations", "Take it out");
    }

    /// <summary>The masks of a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="size">A mask of the right size; none when nothing is annotated.</param>
    public IReadOnlyList<RunLengthEncoding> Of(RecallPicture picture, RunLengthEncoding size)
    {
        IEnumerable<CocoSegmentation?> segmentations = _byName is not null
            ? _byName[picture.Name].Result.Segments.Select(segment => CocoSegmentation.From(segment.Segmentation))
            : _byKey![picture.Key].Select(detection => detection.Segmentation);
        try
        {
            return [.. segmentations.OfType<CocoSegmentation>().Select(
                segmentation => segmentation.ToMask(size.Height, size.Width))];
        }
        catch (FormatException failure)
        {
            throw SegmentationProblem.InvalidRequest(
                $"{_source}, image {picture.Key}", failure.Message, "Write the mask again", failure);
        }
    }
}
