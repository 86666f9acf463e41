using FrozenSeg.Evaluation.Formats.Coco;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Evaluation.Instances;

/// <summary>Makes comparable objects of annotations and detections.</summary>
/// <param name="boxes">Whether boxes are compared.</param>
/// <param name="statedBoxes">
/// Whether detections state boxes: then pycocotools takes a detection's size class from its box, and so do we.
/// </param>
internal sealed class InstanceObjects(bool boxes, bool statedBoxes)
{
    /// <summary>Annotations without a pixel that were made.</summary>
    public EmptyAnnotations Empty { get; } = new();

    /// <summary>An annotation.</summary>
    public InstanceObject Annotation(CocoAnnotation annotation, CocoImage image, string source, bool federated)
    {
        RunLengthEncoding? mask = boxes ? null : Mask(annotation, image, $"{source}, annotation {annotation.Id}");
        if (mask is { Area: 0 })
            Empty.Add($"annotation {annotation.Id}");
        BoxXywhDouble box = mask is null ? StatedBox(annotation) ?? default : BoxOf(mask);
        // Whatever is not zero is a crowd, as in pycocotools.
        bool crowd = annotation.Iscrowd is not (null or 0);
        return new InstanceObject(
            mask,
            box,
            mask?.Area ?? (box.Width * box.Height),
            annotation.Area ?? mask?.Area ?? (box.Width * box.Height),
            Score: 0,
            IsCrowd: crowd && !federated,
            IsIgnored: federated ? annotation.Ignore is not (null or 0) : crowd,
            HasZeroId: annotation.Id == 0);
    }

    /// <summary>A detection.</summary>
    public InstanceObject Detection(CocoAnnotation detection, CocoImage image, string source)
    {
        RunLengthEncoding? mask = detection.Segmentation is null || (boxes && statedBoxes)
            ? null
            : Mask(detection, image, $"{source}, a detection of image {image.Id}");
        BoxXywhDouble? stated = StatedBox(detection);
        BoxXywhDouble box = (boxes && statedBoxes ? stated : null) ?? (mask is null ? default : BoxOf(mask));
        double area = statedBoxes && stated is BoxXywhDouble own ? own.Width * own.Height : mask?.Area ?? 0;
        return new InstanceObject(
            boxes ? null : mask,
            box,
            boxes ? box.Width * box.Height : mask!.Area,
            area,
            detection.Score ?? 0,
            IsCrowd: false,
            IsIgnored: false,
            HasZeroId: false);
    }

    private static RunLengthEncoding Mask(CocoAnnotation annotation, CocoImage image, string place)
    {
        try
        {
            return annotation.Segmentation!.ToMask(image.Height, image.Width);
        }
        catch (FormatException failure)
        {
            throw SegmentationProblem.InvalidRequest(place, failure.Message, "Write the mask again", failure);
        }
    }

    private static BoxXywhDouble? StatedBox(CocoAnnotation annotation) =>
        annotation.Bbox is [var x, var y, var width, var height] ? new BoxXywhDouble(x, y, width, height) : null;

    private static BoxXywhDouble BoxOf(RunLengthEncoding mask)
    {
        if (mask.Area == 0)
            return default;
        BoxXyxy box = mask.InclusiveBox();
        return new BoxXywhDouble(box.X0, box.Y0, box.X1 - box.X0 + 1, box.Y1 - box.Y0 + 1);
    }
}
