namespace FrozenSeg.Pipeline.Families.Sam3.Concepts;

/// <summary>What was found of a vocabulary in a picture, before it becomes an answer.</summary>
/// <param name="Masks">Masks of objects, merged, the best first.</param>
/// <param name="Semantic">The classes' maps; null where no answer needs them.</param>
/// <param name="Presence">Of each class the largest presence of its phrases, 0..1.</param>
/// <param name="BestScores">Of each class the largest score of a mask, 0..1, whether or not it was kept.</param>
internal sealed record ConceptFindings(
    IReadOnlyList<ConceptMask> Masks,
    SemanticCanvas? Semantic,
    IReadOnlyList<double> Presence,
    IReadOnlyList<double> BestScores);
