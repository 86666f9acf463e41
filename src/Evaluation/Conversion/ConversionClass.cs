namespace FrozenSeg.Evaluation.Conversion;

/// <summary>A class of the results that are converted.</summary>
/// <param name="Index">Its position, from 0.</param>
/// <param name="Id">Its number in COCO's files.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsThing">Whether its members are counted.</param>
internal sealed record ConversionClass(int Index, int Id, string Name, bool IsThing);
