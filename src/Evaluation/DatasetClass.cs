namespace FrozenSeg.Evaluation;

/// <summary>One class of a dataset.</summary>
/// <param name="Id">The dataset's number.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsThing">Whether its members are counted.</param>
/// <param name="IsSeen">Whether it was seen in training; null when the dataset does not say.</param>
internal sealed record DatasetClass(int Id, string Name, bool IsThing, bool? IsSeen = null);
