using System.Text.Json.Serialization;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Shared.Results;

/// <summary>One segment of a result.</summary>
/// <param name="Id">Its number, from 1; the value of its pixels in <c>panoptic.png</c>.</param>
/// <param name="Category">Index in the result's vocabulary; null for a mask without a class.</param>
/// <param name="Label">Name of the class, or the prompt it answers; empty for a mask without a class.</param>
/// <param name="Prompt">Id of the prompt it answers; null when there were no prompts.</param>
/// <param name="Score">How sure the method is, 0..1.</param>
/// <param name="Area">Pixels.</param>
/// <param name="Bbox">x, y, width, height, pixels.</param>
/// <param name="IsThing">Whether it is one countable object.</param>
/// <param name="Segmentation">The mask.</param>
/// <param name="Source">Where it comes from.</param>
public sealed record ResultSegment(
    int Id,
    int? Category,
    string Label,
    string? Prompt,
    double Score,
    int Area,
    int[] Bbox,
    bool IsThing,
    MaskRle Segmentation,
    SegmentSource Source)
{
    /// <summary>
    /// How well it agreed with the SAM mask whose shape it took, IoU; null when it kept its own shape.
    /// </summary>
    [JsonPropertyName("snapped_iou")]
    public double? SnappedIoU { get; init; }

    /// <summary>What SAM says of the mask; null when another network made it.</summary>
    public SamScores? Sam { get; init; }

    /// <summary>What SAM 3 says of it as a concept; null when another network found it.</summary>
    public ConceptScores? Concept { get; init; }

    /// <summary>A segment with area and box taken from its mask.</summary>
    public static ResultSegment Of(
        int id,
        RunLengthEncoding mask,
        int? category,
        string label,
        string? prompt,
        double score,
        bool isThing,
        SegmentSource source)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(label);
        BoxXyxy box = mask.InclusiveBox();
        int[] bbox = mask.Area == 0
            ? [0, 0, 0, 0]
            : [(int)box.X0, (int)box.Y0, (int)(box.X1 - box.X0) + 1, (int)(box.Y1 - box.Y0) + 1];
        return new ResultSegment(
            id, category, label, prompt, score, mask.Area, bbox, isThing, MaskRle.From(mask), source);
    }
}
