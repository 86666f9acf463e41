namespace FrozenSeg.Evaluation.Formats.Coco;

/// <summary>A COCO or LVIS instances file.</summary>
internal sealed record CocoDocument
{
    public CocoImage[]? Images { get; init; }

    public CocoAnnotation[]? Annotations { get; init; }

    public CocoCategory[]? Categories { get; init; }
}
