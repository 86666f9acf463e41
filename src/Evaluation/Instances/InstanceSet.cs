using FrozenSeg.Evaluation.Formats.Coco;

namespace FrozenSeg.Evaluation.Instances;

/// <summary>An instances dataset: classes, pictures, and the annotations of each picture.</summary>
/// <param name="Source">The file it was read from.</param>
/// <param name="Classes">The classes, by id.</param>
/// <param name="Images">The pictures, by id: numbers in their order, other ids behind them.</param>
/// <param name="Annotations">Annotations by picture id, in the file's order.</param>
/// <param name="Frequencies">LVIS: r, c or f by class id.</param>
internal sealed record InstanceSet(
    string Source,
    IReadOnlyList<DatasetClass> Classes,
    IReadOnlyList<CocoImage> Images,
    IReadOnlyDictionary<string, IReadOnlyList<CocoAnnotation>> Annotations,
    IReadOnlyDictionary<int, string> Frequencies)
{
    /// <summary>The annotations of a picture.</summary>
    public IReadOnlyList<CocoAnnotation> Of(string key) => Annotations.GetValueOrDefault(key, []);
}
