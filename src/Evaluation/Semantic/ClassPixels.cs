namespace FrozenSeg.Evaluation.Semantic;

/// <summary>What IoU is made of, for one class.</summary>
/// <param name="Hits">Pixels annotated and predicted.</param>
/// <param name="Annotated">Pixels annotated.</param>
/// <param name="Predicted">Pixels predicted, where anything is annotated.</param>
internal readonly record struct ClassPixels(long Hits, long Annotated, long Predicted)
{
    /// <summary>
    /// Intersection over union; not a number for a class that is not annotated, though it may be predicted.
    /// </summary>
    public double IoU => Annotated == 0 ? double.NaN : (double)Hits / (Annotated + Predicted - Hits);

    /// <summary>
    /// Share of the annotated pixels that were found; not a number for a class that is not annotated.
    /// </summary>
    public double Accuracy => (double)Hits / Annotated;

    /// <summary>The counts of two lots together.</summary>
    public static ClassPixels operator +(ClassPixels a, ClassPixels b) =>
        new(a.Hits + b.Hits, a.Annotated + b.Annotated, a.Predicted + b.Predicted);
}
