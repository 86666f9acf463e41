namespace FrozenSeg.Shared.Results;

/// <summary>
/// What SAM 3 says of a mask, apart: whether the phrase is in the picture at all, and how well the mask fits it.
/// </summary>
/// <param name="Presence">How sure it is that the phrase is in the picture, 0..1.</param>
/// <param name="ClassScore">How well the mask fits, whether or not the phrase is there, 0..1; null for the map of a
/// whole class.</param>
/// <param name="Phrase">The phrase that found it: the class's name, or another of its names.</param>
public sealed record ConceptScores(double Presence, double? ClassScore, string Phrase);
