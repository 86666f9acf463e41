namespace FrozenSeg.Evaluation.Reports;

/// <summary>What was annotated in a picture and what was found, for people to look at.</summary>
/// <param name="Name">The picture, as the dataset's pictures are named.</param>
/// <param name="Annotated">Annotated masks.</param>
/// <param name="Found">Predicted masks.</param>
internal sealed record ComparedPicture(string Name, IReadOnlyList<NamedMask> Annotated, IReadOnlyList<NamedMask> Found);
