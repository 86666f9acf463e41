namespace FrozenSeg.Evaluation.Conversion;

/// <summary>One connected part of a mask as polygons along the pixels' edges: exact, so that filling them gives the mask back.</summary>
/// <param name="Exterior">Corners of the outer ring, clockwise as seen, x and y in pixels; not repeated at the end.</param>
/// <param name="Holes">Corners of each hole, counter-clockwise.</param>
public sealed record MaskPart(IReadOnlyList<(int X, int Y)> Exterior, IReadOnlyList<IReadOnlyList<(int X, int Y)>> Holes);
