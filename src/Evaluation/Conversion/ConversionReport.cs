namespace FrozenSeg.Evaluation.Conversion;

/// <summary>What a conversion wrote.</summary>
/// <param name="Files">The files.</param>
/// <param name="Warnings">What the form could not hold.</param>
/// <param name="Overlaps">
/// IoU of each mask with what its polygons are filled to by the tools that read them; empty where masks are kept as
/// they are.
/// </param>
internal sealed record ConversionReport(
    IReadOnlyList<string> Files, IReadOnlyList<string> Warnings, IReadOnlyList<double> Overlaps);
