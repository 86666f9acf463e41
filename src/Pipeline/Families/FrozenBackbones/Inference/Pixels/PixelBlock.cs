namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Pixels;

/// <summary>A few neighbouring pixels of one row, with all queries of each.</summary>
/// <param name="Y">The row.</param>
/// <param name="X">The first column.</param>
/// <param name="Count">Number of pixels.</param>
/// <param name="Stride">Floats from a pixel to the next.</param>
/// <param name="Logits">Mask logits, count×stride.</param>
/// <param name="Probabilities">Their sigmoids, count×stride.</param>
internal readonly unsafe record struct PixelBlock(int Y, int X, int Count, int Stride, nint Logits, nint Probabilities)
{
    /// <summary>Mask logits of a pixel.</summary>
    public float* LogitsOf(int pixel) => (float*)Logits + ((long)pixel * Stride);

    /// <summary>Mask probabilities of a pixel.</summary>
    public float* ProbabilitiesOf(int pixel) => (float*)Probabilities + ((long)pixel * Stride);
}
