using FrozenSeg.Evaluation.Formats.Coco;

namespace FrozenSeg.Evaluation.Formats.References;

/// <summary>RefCOCO's references as JSON, as generated scenes have them.</summary>
internal sealed record ReferringDocument
{
    public CocoImage[]? Images { get; init; }

    public ReferringEntry[]? Refs { get; init; }
}
