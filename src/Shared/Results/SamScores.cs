using System.Text.Json.Serialization;

namespace FrozenSeg.Shared.Results;

/// <summary>What SAM says of one of its masks.</summary>
/// <param name="PredictedIoU">The model's own estimate of the mask's quality; may leave 0..1.</param>
/// <param name="StabilityScore">IoU of the masks at two thresholds, 0..1; null where it was not asked for.</param>
/// <param name="PointCoords">The point that led to the mask, x and y in pixels; null for a prompt.</param>
/// <param name="CropBox">x, y, width, height of the part of the picture it was found in, pixels; null for a
/// prompt.</param>
public sealed record SamScores(
    [property: JsonPropertyName("predicted_iou")] float PredictedIoU,
    float? StabilityScore = null,
    double[][]? PointCoords = null,
    int[]? CropBox = null);
