namespace FrozenSeg.Serving.Interaction.Documents;

/// <summary>Segments that look like an example.</summary>
/// <param name="Among">The segmentation they belong to.</param>
/// <param name="Model">The network whose encoder compared.</param>
/// <param name="Segments">The segments, the most alike first.</param>
internal sealed record SimilarDocument(string Among, string Model, IReadOnlyList<SimilarSegment> Segments);
