using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Cli.Documents;

/// <summary>One mask in SAM's form.</summary>
/// <param name="Segmentation">COCO compressed run lengths.</param>
/// <param name="Area">Pixels.</param>
/// <param name="Bbox">x, y, width, height; one less than the number of columns and rows, as SAM has it.</param>
/// <param name="PredictedIou">The model's own estimate.</param>
/// <param name="StabilityScore">IoU of two thresholds; null for a prompted mask.</param>
/// <param name="PointCoords">The point that led to it; null for a box.</param>
/// <param name="CropBox">x, y, width, height of the crop; null for a prompted mask.</param>
internal sealed record MaskRecord(
    RleRecord Segmentation,
    int Area,
    int[] Bbox,
    float PredictedIou,
    float? StabilityScore,
    double[][]? PointCoords,
    int[]? CropBox)
{
    /// <summary>The record of a proposal.</summary>
    public static MaskRecord From(MaskProposal proposal) => Of(proposal.Segmentation, proposal.PredictedIoU) with
    {
        StabilityScore = float.IsNaN(proposal.StabilityScore) ? null : proposal.StabilityScore,
        PointCoords = [[proposal.Point.X, proposal.Point.Y]],
        CropBox = [proposal.Crop.X0, proposal.Crop.Y0, proposal.Crop.Width, proposal.Crop.Height],
    };

    /// <summary>The record of a mask that answers a prompt.</summary>
    public static MaskRecord Of(RunLengthEncoding mask, float predictedIoU)
    {
        BoxXywh box = mask.InclusiveBox.ToXywh();
        return new MaskRecord(
            new RleRecord([mask.Height, mask.Width], mask.ToCocoString()),
            mask.Area,
            [(int)box.X, (int)box.Y, (int)box.Width, (int)box.Height],
            predictedIoU,
            null,
            null,
            null);
    }
}
