using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Regions;

namespace FrozenSeg.Evaluation.Instances;

/// <summary>
/// IoU of detections and annotations as COCO has it: against a crowd, the share of the detection inside it.
/// </summary>
internal static class InstanceOverlap
{
    /// <summary>The IoU, detections × annotations.</summary>
    public static double[,] IoU(
        IReadOnlyList<InstanceObject> detections, IReadOnlyList<InstanceObject> annotations, bool crowds)
    {
        var overlaps = new double[detections.Count, annotations.Count];
        for (int d = 0; d < detections.Count; d++)
        {
            for (int g = 0; g < annotations.Count; g++)
                overlaps[d, g] = IoU(detections[d], annotations[g], crowds && annotations[g].IsCrowd);
        }

        return overlaps;
    }

    private static double IoU(InstanceObject detection, InstanceObject annotation, bool crowd)
    {
        double boxes = detection.Box.Intersection(annotation.Box);
        if (boxes <= 0)
            return 0;
        double intersection = detection.Mask is null
            ? boxes
            : RunLengths.Intersection(detection.Mask, annotation.Mask!);
        if (intersection == 0)
            return 0;
        return intersection / (crowd ? detection.PixelArea : detection.PixelArea + annotation.PixelArea - intersection);
    }
}
