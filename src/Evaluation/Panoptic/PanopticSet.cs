namespace FrozenSeg.Evaluation.Panoptic;

/// <summary>A panoptic dataset: its classes and pictures.</summary>
/// <param name="Source">The document it was read from.</param>
/// <param name="Classes">The classes; empty for predictions, which use the dataset's.</param>
/// <param name="Pictures">The pictures in the document's order; each key once.</param>
/// <param name="KeysByName">Keys by file name without folder and ending, as far as the document names files.</param>
internal sealed record PanopticSet(
    string Source,
    IReadOnlyList<DatasetClass> Classes,
    IReadOnlyList<PanopticPicture> Pictures,
    IReadOnlyDictionary<string, string> KeysByName);
