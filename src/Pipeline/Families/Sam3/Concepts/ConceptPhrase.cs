using FrozenSeg.Pipeline.Families.Clip.Text;

namespace FrozenSeg.Pipeline.Families.Sam3.Concepts;

/// <summary>A phrase that is looked for: a class has one for each of its names.</summary>
/// <param name="Category">Index of the class.</param>
/// <param name="Tokens">The phrase as the network reads it.</param>
internal sealed record ConceptPhrase(int Category, TokenizedText Tokens);
