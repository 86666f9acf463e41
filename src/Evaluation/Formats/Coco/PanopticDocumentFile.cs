namespace FrozenSeg.Evaluation.Formats.Coco;

/// <summary>A COCO panoptic file.</summary>
internal sealed record PanopticDocumentFile
{
    public CocoImage[]? Images { get; init; }

    public PanopticAnnotation[]? Annotations { get; init; }

    public CocoCategory[]? Categories { get; init; }
}
