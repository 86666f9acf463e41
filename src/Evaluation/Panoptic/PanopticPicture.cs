namespace FrozenSeg.Evaluation.Panoptic;

/// <summary>One picture of a panoptic dataset or of its predictions.</summary>
/// <param name="Key">Id of the picture in the dataset.</param>
/// <param name="Path">The PNG of segment ids.</param>
/// <param name="Source">The document that lists the segments.</param>
/// <param name="Segments">The segments.</param>
/// <param name="ListsOthers">Whether the document lists segments that are not in the PNG: instances, which may
/// overlap.</param>
internal sealed record PanopticPicture(
    string Key, string Path, string Source, IReadOnlyList<SegmentLabel> Segments, bool ListsOthers = false)
{
    /// <summary>What to call it in messages about its segments.</summary>
    public string Place => $"{Source}, image {Key}";
}
