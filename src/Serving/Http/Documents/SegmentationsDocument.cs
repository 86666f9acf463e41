namespace FrozenSeg.Serving.Http.Documents;

/// <summary>The latest segmentations.</summary>
/// <param name="Segmentations">Those that have not ended first, then by their end, the latest first.</param>
internal sealed record SegmentationsDocument(IReadOnlyList<StatusDocument> Segmentations);
