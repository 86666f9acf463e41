namespace FrozenSeg.Evaluation.Conversion;

/// <summary>What is left of a segment in a <see cref="PaintedMap"/>.</summary>
/// <param name="Area">Pixels; 0 when surer segments cover it.</param>
/// <param name="Box">x, y, width, height, pixels; all 0 without a pixel.</param>
internal readonly record struct PaintedSegment(int Area, int[] Box);
