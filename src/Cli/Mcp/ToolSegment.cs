using FrozenSeg.Shared.Results;

namespace FrozenSeg.Cli.Mcp;

/// <summary>A segment as a tool gives it.</summary>
/// <param name="Id">Its number, from 1.</param>
/// <param name="Label">What it is; empty for a mask without a name.</param>
/// <param name="Score">How sure that is, 0..1.</param>
/// <param name="Area">Pixels.</param>
/// <param name="Bbox">x, y, width, height.</param>
/// <param name="Mask">The mask in COCO's compressed run lengths.</param>
internal sealed record ToolSegment(int Id, string Label, double Score, int Area, IReadOnlyList<int> Bbox, MaskRle Mask)
{
    /// <summary>The form of a result's segment.</summary>
    public static ToolSegment From(ResultSegment segment) =>
        new(segment.Id, segment.Label, Math.Round(segment.Score, 4), segment.Area, segment.Bbox, segment.Segmentation);
}
