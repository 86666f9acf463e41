namespace FrozenSeg.Evaluation.Instances;

/// <summary>The rules of average precision.</summary>
internal sealed record AveragePrecisionOptions
{
    /// <summary>COCO's rules: at most 100 detections of each class in a picture, crowds are ignored.</summary>
    public static AveragePrecisionOptions Coco { get; } = new();

    /// <summary>
    /// LVIS's rules (Gupta et al. 2019, section 3): at most 300 detections in a picture; those of classes nobody looked
    /// for there do not count, nor do false ones where not every object of the class is annotated.
    /// </summary>
    public static AveragePrecisionOptions Lvis { get; } = new() { IsFederated = true, DetectionLimits = [300] };

    /// <summary>Whether classes are annotated in a part of the pictures only.</summary>
    public bool IsFederated { get; init; }

    /// <summary>Whether boxes are compared instead of masks.</summary>
    public bool Boxes { get; init; }

    /// <summary>Most detections, ascending: of a class in a picture for COCO, in a picture for LVIS.</summary>
    public IReadOnlyList<int> DetectionLimits { get; init; } = [1, 10, 100];
}
