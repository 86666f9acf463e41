using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Pipeline.Families.Sam3.Concepts;

/// <summary>A mask that was found for a phrase.</summary>
/// <param name="Category">Index of the class.</param>
/// <param name="Mask">Its pixels, at the picture's size.</param>
/// <param name="Scores">Presence, class score and phrase.</param>
/// <param name="View">Where it was found: 0 for the whole picture, then tiles.</param>
internal sealed record ConceptMask(int Category, RunLengthEncoding Mask, ConceptScores Scores, int View)
{
    /// <summary>Class score times presence, 0..1.</summary>
    public double Score => Scores.Presence * (Scores.ClassScore ?? 1);
}
