namespace FrozenSeg.Evaluation.Video;

/// <summary>A mask with its boundary, computed once however often it is compared.</summary>
/// <param name="mask">The mask.</param>
/// <param name="radius">How far apart boundaries still match, pixels.</param>
internal sealed class MaskBoundary(BitRows mask, int radius)
{
    private readonly BitRows _boundary = Boundary.Of(mask);
    private BitRows? _wide;

    /// <summary>The mask.</summary>
    public BitRows Mask => mask;

    private BitRows Wide => _wide ??= Boundary.Dilate(_boundary, radius);

    /// <summary>The F measure of two boundaries, 0..1; 1 when both are empty.</summary>
    public static double FMeasure(MaskBoundary truth, MaskBoundary prediction)
    {
        long wanted = truth._boundary.Count(), found = prediction._boundary.Count();
        double precision, recall;
        if (wanted == 0 || found == 0)
        {
            precision = found == 0 ? 1 : 0;
            recall = wanted == 0 ? 1 : 0;
        }
        else
        {
            precision = (double)prediction._boundary.Overlap(truth.Wide).Intersection / found;
            recall = (double)truth._boundary.Overlap(prediction.Wide).Intersection / wanted;
        }

        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }
}
